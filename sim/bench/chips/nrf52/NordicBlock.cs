namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// What the nRF52's peripherals have in common (nRF52832 Product Specification, "Peripheral interface"): tasks from offset 0x000 that a written 1 triggers, events from 0x100 that are set by
/// the block and cleared by software, and the interrupt enables INTENSET and INTENCLR, a bit for each event.
/// </summary>
public abstract class NordicBlock : Peripheral
{
    private const uint FirstEvent = 0x100;

    private readonly Die _die;
    private readonly int _irq;
    private readonly List<Register> _events = [];
    private readonly uint _enables;
    private uint _inten;

    /// <param name="name">As the manual has it.</param>
    /// <param name="die">The chip.</param>
    /// <param name="id">Bits 16:12 of the address, which are the interrupt's number too.</param>
    /// <param name="enables">INTEN bits that there are.</param>
    protected NordicBlock(string name, Die die, int id, uint enables) : base(name)
    {
        (_die, _irq, _enables) = (die, id, enables);
        if (enables == 0) return;
        Add(new() { Name = "INTENSET", Offset = 0x304, WriteMask = 0, OnRead = () => _inten, OnWrite = (_, v) => Enable(_inten | v) });
        Add(new() { Name = "INTENCLR", Offset = 0x308, WriteMask = 0, OnRead = () => _inten, OnWrite = (_, v) => Enable(_inten & ~v) });
    }

    public override void Reset()
    {
        base.Reset();
        Enable(0);
    }

    protected void AddTask(string name, uint offset, Action action) =>
        Add(new() { Name = "TASKS_" + name, Offset = offset, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => { if ((v & 1) != 0) action(); } });

    protected Register AddEvent(string name, uint offset)
    {
        var register = Add(new() { Name = "EVENTS_" + name, Offset = offset, ReadMask = 1, WriteMask = 1, OnWrite = (_, _) => Update() });
        _events.Add(register);
        return register;
    }

    protected void Raise(Register @event)
    {
        @event.Value = 1;
        Update();
    }

    private void Enable(uint value)
    {
        _inten = value & _enables;
        Update();
    }

    private void Update()
    {
        uint pending = 0;
        foreach (var e in _events)
            if (e[0]) pending |= 1u << (int)((e.Offset - FirstEvent) / 4);
        _die.Interrupts.Set(_irq, (pending & _inten) != 0);
    }
}
