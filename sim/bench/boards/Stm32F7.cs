using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F7;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Boards;

/// <summary>STM32F722 and F723 (RM0431 2.2 memory map, table of vectors). They differ in the USB HS PHY alone.</summary>
public sealed class Stm32F7 : Chip
{
    private static readonly (string Name, uint Address, int Irq)[] Uarts =
    [
        ("USART1", 0x4001_1000, 37), ("USART2", 0x4000_4400, 38), ("USART3", 0x4000_4800, 39), ("UART4", 0x4000_4C00, 52),
        ("UART5", 0x4000_5000, 53), ("USART6", 0x4001_1400, 71), ("UART7", 0x4000_7800, 82), ("UART8", 0x4000_7C00, 83),
    ];

    private static readonly int[] Dma1Irqs = [11, 12, 13, 14, 15, 16, 17, 47], Dma2Irqs = [56, 57, 58, 59, 60, 68, 69, 70];

    private readonly RccF7 _rcc;
    private readonly PwrF7 _pwr;
    private readonly FlashF7 _flash;
    private readonly BackupRegisters _rtc;
    private readonly ClockRulesF7 _rules;
    private bool _resetting;

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

        _rcc = Add(new RccF7(Die, board.Clocks), 0x4002_3800);
        _pwr = Add(new PwrF7(Die, _rcc), 0x4000_7000);
        _flash = Add(new FlashF7(Die, array), 0x4002_3C00);
        _rtc = Add(new BackupRegisters(() => _pwr.BackupUnlocked), 0x4000_2800);
        _rcc.BackupReset += _rtc.ResetDomain;
        Add(Dbgmcu.F7(), 0xE004_2000);
        AddShared();
        AddBackupRam();
        AddUnmodelled(Unmodelled);

        _rules = new(_rcc, _pwr, _flash);
        _rcc.Changed += ClocksChanged;
        _pwr.Changed += ClocksChanged;
        _flash.Changed += ClocksChanged;
    }

    public RccF7 Rcc => _rcc;
    public FlashF7 Flash => _flash;

    public override void Reset(ResetCause cause)
    {
        _resetting = true;
        foreach (var block in Blocks.Values)
            if (block != _rcc) block.Reset();
        _rcc.Reset(cause);
        if (cause == ResetCause.PowerOn) _rtc.ResetDomain();
        _resetting = false;
        ClocksChanged();
        Core.BootVectorTable = _flash.BootAddress(BootPin);
        Core.Reset();
    }

    private void AddShared()
    {
        for (char port = 'A'; port <= 'I'; port++)
            Clocked(new Gpio(port, Die, GpioResets.F7(port), AlternateFunctionsF7.Table), 0x4002_0000 + 0x400u * (uint)(port - 'A'), $"GPIO{port}");
        var syscfg = Clocked(new SyscfgF7(() => BootPin), 0x4001_3800, "SYSCFG");
        Add(new Exti(Die, ExtiLayout.F7, syscfg), 0x4001_3C00);
        foreach (var (name, address, irq) in Uarts)
        {
            int number = name[^1] - '0';
            Clocked(new Usart(name, Die, UsartVersion.F7, () => _rcc.Uart(number), irq), address, name);
        }
        var router = new DmaChannelsF7(Die);
        Clocked(new Dma(1, Die, DmaVersion.F7, router, () => _rcc.Hclk, Dma1Irqs), 0x4002_6000, "DMA1");
        Clocked(new Dma(2, Die, DmaVersion.F7, router, () => _rcc.Hclk, Dma2Irqs), 0x4002_6400, "DMA2");
        var iwdg = Add(new Iwdg("IWDG", Die, () => _rcc.Lsi.Hertz), 0x4000_3000);
        iwdg.Expired += reason => RequestReset(ResetCause.IndependentWatchdog, reason);
        _rcc.Gates.Attach(_pwr, "PWR");
        _rcc.Gates.Attach(_rtc, "RTCAPB");
    }

    private T Clocked<T>(T block, uint address, string bit) where T : Peripheral
    {
        _rcc.Gates.Attach(block, bit);
        return Add(block, address);
    }

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
        timing.Clear();
        timing.Add(Apb(0x4000_0000, wanted.Item3));
        timing.Add(Apb(0x4001_0000, wanted.Item4));
    }

    private (uint, bool, ulong, ulong) _timing;

    /// <summary>An APB access: the bridge's AHB clocks, and set-up and access phase of the slower bus (AMBA APB).</summary>
    private static BusWindow Apb(uint address, ulong divider) => new(address, 0x8000, 6 + 2 * (uint)(divider - 1), 4 + 2 * (uint)(divider - 1));

    private const string Unmodelled = """
        TIM2 40000000; TIM3 40000400; TIM4 40000800; TIM5 40000C00; TIM6 40001000; TIM7 40001400; TIM12 40001800; TIM13 40001C00; TIM14 40002000
        LPTIM1 40002400; WWDG 40002C00; SPI2 40003800; SPI3 40003C00; I2C1 40005400; I2C2 40005800; I2C3 40005C00; CAN1 40006400; DAC 40007400
        TIM1 40010000; TIM8 40010400; SDMMC2 40011C00; ADC 40012000; SDMMC1 40012C00; SPI1 40013000; SPI4 40013400; TIM9 40014000; TIM10 40014400
        TIM11 40014800; SPI5 40015000; SAI1 40015800; SAI2 40015C00; USBPHYC 40017C00; CRC 40023000; OTG_HS 40040000 40000; OTG_FS 50000000 40000
        AES 50060000; RNG 50060800; FMC A0000000 1000; QUADSPI A0001000 1000
        """;
}
