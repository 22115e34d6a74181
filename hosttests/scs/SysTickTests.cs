using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

public class SysTickTests
{
    private const uint Enable = 1, TickInt = 2, ProcessorClock = 4, CountFlag = 1 << 16;

    private readonly TimeBase _time = new(216_000_000);
    private readonly List<ulong> _expiries = [];
    private readonly Dictionary<string, Register> _registers;

    public SysTickTests()
    {
        var tick = new SysTick(_time, () => _expiries.Add(_time.Cycles));
        _registers = tick.Registers().ToDictionary(r => r.Name);
    }

    private uint Read(string name) => _registers[name].OnRead!();
    private void Write(string name, uint value) => _registers[name].OnWrite!(0, value);

    private void Start(uint reload, uint control)
    {
        Write("SYST_RVR", reload);
        Write("SYST_CVR", 0);
        Write("SYST_CSR", control | Enable);
    }

    private void RunTo(ulong cycle)
    {
        while (_time.Deadline <= cycle)
        {
            _time.Cycles = _time.Deadline;
            _time.RunDue();
        }
        _time.Cycles = cycle;
    }

    [Fact]
    public void The_period_is_the_reload_value_plus_one_cycles()
    {
        Start(215_999, TickInt | ProcessorClock);
        RunTo(1_000_000);
        Assert.Equal([216_000ul, 432_000, 648_000, 864_000], _expiries);
    }

    [Fact]
    public void The_reference_clock_is_an_eighth_of_the_core_clock()
    {
        Start(99, TickInt);
        RunTo(1700);
        Assert.Equal([800ul, 1600], _expiries);
    }

    [Fact]
    public void Without_TICKINT_no_event_is_queued_and_COUNTFLAG_still_tells()
    {
        Start(99, ProcessorClock);
        Assert.Equal(ulong.MaxValue, _time.Deadline);
        RunTo(99);
        Assert.Equal(0u, Read("SYST_CSR") & CountFlag);
        RunTo(100);
        Assert.Equal(CountFlag, Read("SYST_CSR") & CountFlag);
        Assert.Equal(0u, Read("SYST_CSR") & CountFlag);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 99)]
    [InlineData(2, 98)]
    [InlineData(100, 0)]
    [InlineData(101, 99)]
    [InlineData(1001, 99)]
    public void The_counter_counts_down_from_the_reload_value(ulong cycle, uint value)
    {
        Start(99, ProcessorClock);
        RunTo(cycle);
        Assert.Equal(value, Read("SYST_CVR"));
    }

    [Fact]
    public void Writing_the_counter_clears_it_and_its_flag_and_starts_a_full_period()
    {
        Start(99, TickInt | ProcessorClock);
        RunTo(150);
        Write("SYST_CVR", 1234);
        Assert.Equal(0u, Read("SYST_CVR"));
        Assert.Equal(0u, Read("SYST_CSR") & CountFlag);
        RunTo(260);
        Assert.Equal([100ul, 250], _expiries);
    }

    [Fact]
    public void A_new_reload_value_acts_from_the_next_reload_on()
    {
        Start(99, TickInt | ProcessorClock);
        RunTo(50);
        Write("SYST_RVR", 9);
        RunTo(125);
        Assert.Equal([100ul, 110, 120], _expiries);
    }

    [Fact]
    public void A_reload_value_of_zero_stops_the_counter_at_zero()
    {
        Start(99, TickInt | ProcessorClock);
        RunTo(50);
        Write("SYST_RVR", 0);
        RunTo(1000);
        Assert.Equal([100ul], _expiries);
        Assert.Equal(0u, Read("SYST_CVR"));
    }

    [Fact]
    public void The_period_is_in_cycles_also_when_the_clock_changes()
    {
        Start(999, TickInt | ProcessorClock);
        RunTo(500);
        _time.SetFrequency(16_000_000);
        RunTo(2500);
        Assert.Equal([1000ul, 2000], _expiries);
    }

    [Fact]
    public void Disabling_freezes_the_counter()
    {
        Start(99, ProcessorClock);
        RunTo(30);
        Write("SYST_CSR", ProcessorClock);
        RunTo(500);
        Assert.Equal(70u, Read("SYST_CVR"));
        Write("SYST_CSR", ProcessorClock | Enable);
        RunTo(510);
        Assert.Equal(60u, Read("SYST_CVR"));
    }
}
