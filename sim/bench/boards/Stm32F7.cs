using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F7;
using SharpProbe.Sim.Chips.Usb;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Boards;

/// <summary>STM32F722 and F723 (RM0431 2.2 memory map, table of vectors). They differ in the USB HS PHY alone.</summary>
public sealed class Stm32F7 : Chip
{
    private readonly RccF7 _rcc;
    private readonly PwrF7 _pwr;
    private readonly FlashF7 _flash;
    private readonly BackupRegisters _rtc;
    private readonly ClockRulesF7 _rules;
    private Iwdg _iwdg = null!;
    private bool _resetting;
    private (uint, bool, ulong, ulong) _timing;

    public Stm32F7(string name, Board board, TimeBase time, Nets nets) : base(name, CoreKind.CortexM7, Scs.CoreFeatures.Stm32F723, time, nets)
    {
        AddRam("ITCM", 0x0000_0000, 16, MemoryTiming.Tcm);
        AddRam("DTCM", 0x2000_0000, 64, MemoryTiming.Tcm);
        AddRam("SRAM1", 0x2001_0000, 176, MemoryTiming.Axi);
        AddRam("SRAM2", 0x2003_C000, 16, MemoryTiming.Axi);
        var array = new MemoryRegion("flash", 0x0800_0000, board.FlashKilobytes * 1024, MemoryTiming.Flash);
        Bus.Map(array);
        Bus.Alias(0x0020_0000, array);
        // System memory, one-time programmable bytes, identification.
        var system = AddReadOnly("system memory", 0x1FF0_0000, 0x8000);
        Bus.Alias(0x0010_0000, system);
        Identity.Write(system, 0x1FF0_7A10, 0x1FF0_7A22, board.FlashKilobytes);

        var map = MemoryMapF7.Blocks;
        _rcc = Add(new RccF7(Die, board.Clocks), map);
        _pwr = Add(new PwrF7(Die, _rcc), map);
        _flash = Add(new FlashF7(Die, array), map);
        _rtc = Add(new BackupRegisters(() => _pwr.BackupUnlocked), map);
        _rcc.BackupReset += _rtc.ResetDomain;
        Add(Dbgmcu.F7(), 0xE004_2000);
        AddShared();
        AddAdc(map);
        AddUsb(map, board);
        AddBackupRam();
        map.MapRest(Bus);

        _rules = new(_rcc, _pwr, _flash);
        _rcc.Changed += ClocksChanged;
        _pwr.Changed += ClocksChanged;
        _flash.Changed += ClocksChanged;
    }

    public RccF7 Rcc => _rcc;
    public FlashF7 Flash => _flash;
    public override FlashOperations FlashOperations => _flash.Operations;

    public override void StartAt(uint address) => _flash.SetBootAddress(address);

    public override void Reset(ResetCause cause)
    {
        _resetting = true;
        foreach (var block in Blocks.Values)
            if (block != _rcc) block.Reset();
        _rcc.Reset(cause, Battery);
        if (cause == ResetCause.PowerOn)
        {
            if (!Battery) _rtc.ResetDomain();
            Core.ResetDebug();
        }
        _resetting = false;
        ClocksChanged();
        if (_flash.HardwareWatchdog) _iwdg.Start();
        Core.BootVectorTable = _flash.BootAddress(BootPin);
        Core.Reset();
    }

    private void AddShared()
    {
        var shared = SharedBlocks.F7(Die, Hertz, () => BootPin);
        AddShared(shared);
        _iwdg = shared.Get<Iwdg>("IWDG");
        _iwdg.Expired += reason => RequestReset(ResetCause.IndependentWatchdog, reason);
        // EXTI and IWDG have no enable bit.
        foreach (var block in shared.All)
            if (block.Name is not ("EXTI" or "IWDG")) _rcc.Gates.Attach(block, block.Name);
        _rcc.Gates.Attach(_pwr, "PWR");
        _rcc.Gates.Attach(_rtc, "RTCAPB");
    }

    private void AddAdc(MemoryMap map)
    {
        var common = Add(new AdcCommon(), map);
        _rcc.Gates.Attach(common, "ADC1");
        _rcc.Gates.Attach(Add(new Adc("ADC1", Die, () => _rcc.Pclk2 / common.Divider, PinMillivolts), map), "ADC1");
    }

    private void AddUsb(MemoryMap map, Board board)
    {
        OtgPins fs = new(Die, OtgInstance.F7Fs.Signals, "PA11 and PA12 (AF10)"), hs = new(Die, OtgInstance.F7Hs.Signals, "PB14 and PB15 (AF12)");
        FullSpeedPhy FullSpeed(OtgPins pins) => new(pins, () => (_rcc.Clock48, "RCC_DCKCFGR2.CK48MSEL"), () => null);
        OtgPhy inner = FullSpeed(hs);
        if (board.Chip == ChipKind.Stm32F723)
        {
            var controller = Add(new Usbphyc(Die, () => _rcc.Hse.Hertz), map);
            _rcc.Gates.Attach(controller, "USBPHYC");
            inner = new HighSpeedPhy(hs, controller, () => _rcc.Gates.Enabled("OTGHSULPI"));
        }
        AddOtg(new(Die, OtgInstance.F7Fs, FullSpeed(fs), () => _rcc.Hclk) { SensesVbus = board.SensesVbus }, map, _rcc.Gates, "OTGFS", null);
        AddOtg(new(Die, OtgInstance.F7Hs, inner, () => _rcc.Hclk) { SensesVbus = board.SensesVbus }, map, _rcc.Gates, "OTGHS", inner.HighSpeed ? null : "OTGHSULPI");
    }

    private ulong Hertz(string clock) => clock switch
    {
        "HCLK" => _rcc.Hclk,
        "PCLK2" => _rcc.Pclk2,
        "LSI" => _rcc.Lsi.Hertz,
        _ => _rcc.Uart(clock[^1] - '0'),
    };

    /// <summary>4 KB that keep their contents on VBAT; the bench has no VBAT, so a power-on fills them like other RAM.</summary>
    private void AddBackupRam()
    {
        var ram = AddRam("BKPSRAM", 0x4002_4000, 4, MemoryTiming.Ahb);
        ram.OnRead = _ => Require("read");
        ram.OnWrite = (offset, value, width) =>
        {
            Require("written");
            if (!_pwr.BackupUnlocked) throw new BenchStop("BKPSRAM written while PWR_CR1.DBP = 0: the write is lost");
            for (int i = 0; i < width; i++) ram.Span[(int)offset + i] = (byte)(value >> 8 * i);
        };
        void Require(string verb)
        {
            if (!_rcc.Gates.Enabled("BKPSRAM")) throw new BenchStop($"BKPSRAM {verb} while its clock is off (RCC_AHB1ENR.BKPSRAMEN = 0)");
        }
    }

    private void ClocksChanged()
    {
        if (_resetting) return;
        _rules.Check();
        if (_rcc.Hclk != Time.Hertz) Time.SetFrequency(_rcc.Hclk);
        var timing = Core.BusTiming;
        var wanted = (_flash.Latency, _flash.HidesWaitStates, _rcc.Hclk / _rcc.Pclk1, _rcc.Hclk / _rcc.Pclk2);
        if (wanted == _timing) return;
        _timing = wanted;
        (timing.FlashWaitStates, timing.FlashPrefetch) = (_flash.Latency, _flash.HidesWaitStates);
        timing.Set(PeripheralPath.F7, 1, (uint)wanted.Item3, (uint)wanted.Item4);
    }
}
