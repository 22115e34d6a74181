using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.H7;
using SharpProbe.Sim.Chips.Usb;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Boards;

/// <summary>STM32H743 and H750 (RM0433 2.3 memory organization). They differ in the flash that is there, and in blocks that are not modelled.</summary>
public sealed class Stm32H7 : Chip
{
    private readonly RccH7 _rcc;
    private readonly PwrH7 _pwr;
    private readonly FlashH7 _flash;
    private readonly BackupRegisters _rtc;
    private readonly ClockRulesH7 _rules;
    private Iwdg _iwdg = null!;
    private Action _refreshGates = () => { };
    private bool _resetting;
    private (uint, ulong, ulong, ulong, ulong, ulong) _timing;

    public Stm32H7(string name, Board board, TimeBase time, Nets nets) : base(name, CoreKind.CortexM7Double, Scs.CoreFeatures.Stm32H743, time, nets)
    {
        AddRam("ITCM", 0x0000_0000, 64, MemoryTiming.Tcm);
        AddRam("DTCM", 0x2000_0000, 128, MemoryTiming.Tcm);
        AddRam("AXI SRAM", 0x2400_0000, 512, MemoryTiming.Axi);
        AddGated("SRAM1", 0x3000_0000, 128);
        AddGated("SRAM2", 0x3002_0000, 128);
        AddGated("SRAM3", 0x3004_0000, 32);
        AddRam("SRAM4", 0x3800_0000, 64, MemoryTiming.Ahb);
        uint bank = Math.Min(board.FlashKilobytes, 1024) * 1024;
        var bank1 = new MemoryRegion("flash bank 1", 0x0800_0000, bank, MemoryTiming.Flash);
        Bus.Map(bank1);
        MemoryRegion? bank2 = null;
        if (board.FlashKilobytes > 1024) Bus.Map(bank2 = new("flash bank 2", 0x0810_0000, bank, MemoryTiming.Flash));
        // System memory: boot loader, then identification at its end.
        Identity.Write(AddReadOnly("system memory", 0x1FF0_0000, 0x2_0000), 0x1FF1_E800, 0x1FF1_E880, board.FlashKilobytes);

        var map = MemoryMapH7.Blocks;
        _rcc = Add(new RccH7(Die, board.Clocks), map);
        _pwr = Add(new PwrH7(Die), map);
        _flash = Add(new FlashH7(Die, bank1, bank2, FlashKindH7.H74x, strict: true), map);
        _rtc = Add(new BackupRegisters(() => _pwr.BackupUnlocked), map);
        Add(Dbgmcu.H7(), map);
        Add(new Gpv(), map);
        _rcc.BackupUnlocked = () => _pwr.BackupUnlocked;
        _rcc.BackupReset += _rtc.ResetDomain;
        AddShared(board.Package);
        AddUsb(map, board, OtgInstance.H7Otg1, "USB1OTG", "PB14 and PB15 (AF12)");
        AddUsb(map, board, OtgInstance.H7Otg2, "USB2OTG", "PA11 and PA12 (AF10)");
        AddBackupRam();
        map.MapRest(Bus);

        _rules = new(_rcc, _pwr, _flash);
        _rcc.Gates.EnablesChanged += _refreshGates;
        _rcc.Changed += ClocksChanged;
        _pwr.Changed += ClocksChanged;
        _flash.Changed += ClocksChanged;
    }

    public RccH7 Rcc => _rcc;
    public PwrH7 Pwr => _pwr;
    public FlashH7 Flash => _flash;
    public override FlashOperations? FlashOperations => _flash.Operations;

    public override void StartAt(uint address) => _flash.SetBootAddress(address);

    public override void Reset(ResetCause cause)
    {
        _resetting = true;
        if (cause == ResetCause.PowerOn)
        {
            Core.ResetDebug();
            _pwr.ResetSupply();
            if (!Battery) _rtc.ResetDomain();
        }
        foreach (var block in Blocks.Values)
            if (block != _rcc) block.Reset();
        _rcc.Reset(cause, Battery);
        _resetting = false;
        _refreshGates();
        ClocksChanged();
        if (_flash.HardwareWatchdog) _iwdg.Start();
        Core.BootVectorTable = _flash.BootAddress(BootPin);
        Core.Reset();
    }

    private void AddShared(uint package)
    {
        var shared = SharedBlocks.H7(Die, Hertz, package, n => _flash.UserRegister(n));
        AddShared(shared);
        _iwdg = shared.Get<Iwdg>("IWDG");
        _iwdg.Expired += reason => RequestReset(ResetCause.IndependentWatchdog, reason);
        var syscfg = shared.Get<SyscfgH7>("SYSCFG");
        _pwr.Overdrive = () => syscfg.Overdrive;
        syscfg.OverdriveChanged += ClocksChanged;
        foreach (var block in shared.All)
            if (block.Name is not ("EXTI" or "IWDG" or "DMAMUX1")) _rcc.Gates.Attach(block, block.Name);
        _rcc.Gates.Attach(_rtc, "RTCAPB");
        // DMAMUX1 hangs on DMA1's and DMA2's enable bits (RM0433 8.7.40).
        var mux = shared.Get<Dmamux>("DMAMUX1");
        mux.ClockEnabled = () => _rcc.Gates.Enabled("DMA1") || _rcc.Gates.Enabled("DMA2");
        mux.ClockEnableBit = "RCC_AHB1ENR.DMA1EN and DMA2EN";
    }

    private void AddUsb(MemoryMap map, Board board, OtgInstance instance, string gate, string lines)
    {
        var phy = new FullSpeedPhy(new(Die, instance.Signals, lines), () => (_rcc.Usb, "RCC_D2CCIP2R.USBSEL"), () => _pwr.UsbSupplyMissing);
        AddOtg(new(Die, instance, phy, () => _rcc.Hclk) { SensesVbus = board.SensesVbus }, map, _rcc.Gates, gate, gate + "ULPI");
    }

    private ulong Hertz(string clock) => clock switch
    {
        "HCLK" => _rcc.Hclk,
        "LSI" => _rcc.Lsi.Hertz,
        _ => _rcc.Uart(clock[^1] - '0'),
    };

    /// <summary>SRAM1 to SRAM3 of domain D2 answer only while their clock is on.</summary>
    private void AddGated(string name, uint address, uint kilobytes)
    {
        var ram = AddRam(name, address, kilobytes, MemoryTiming.Ahb);
        Gate(ram, name, $"RCC_AHB2ENR.{name}EN");
    }

    private void AddBackupRam()
    {
        var ram = AddRam("BKPSRAM", 0x3880_0000, 4, MemoryTiming.Ahb);
        Gate(ram, "BKPRAM", "RCC_AHB4ENR.BKPRAMEN", (offset, value, width) =>
        {
            if (!_pwr.BackupUnlocked) throw new BenchStop("BKPSRAM written while PWR_CR1.DBP = 0: the write is lost");
            for (int i = 0; i < width; i++) ram.Span[(int)offset + i] = (byte)(value >> 8 * i);
        });
    }

    /// <summary>While the clock is on, the core may keep direct pointers to the memory; while it is off, every access asks.</summary>
    private void Gate(MemoryRegion ram, string bit, string register, Action<uint, uint, int>? write = null)
    {
        _refreshGates += () =>
        {
            bool on = _rcc.Gates.Enabled(bit);
            if (on == (ram.OnRead is null)) return;
            BenchStop Stop(string verb) => new($"{ram.Name} {verb} while its clock is off ({register} = 0)");
            ram.OnWrite = on ? write : (_, _, _) => throw Stop("written");
            ram.OnRead = on ? null : _ => throw Stop("read");
        };
    }

    private void ClocksChanged()
    {
        if (_resetting) return;
        _rules.Check();
        if (_rcc.CpuHertz != Time.Hertz) Time.SetFrequency(_rcc.CpuHertz);
        ulong ahb = _rcc.CpuHertz / _rcc.Hclk;
        var wanted = (_flash.Latency, ahb, _rcc.Pclk1, _rcc.Pclk2, _rcc.Pclk3, _rcc.Pclk4);
        if (wanted == _timing) return;
        _timing = wanted;
        var timing = Core.BusTiming;
        timing.FlashWaitStates = _flash.Latency * (uint)ahb;
        uint Ratio(ulong pclk) => (uint)(_rcc.CpuHertz / pclk);
        timing.Set(PeripheralPath.H7, (uint)ahb, Ratio(_rcc.Pclk1), Ratio(_rcc.Pclk2), Ratio(_rcc.Pclk3), Ratio(_rcc.Pclk4));
    }
}
