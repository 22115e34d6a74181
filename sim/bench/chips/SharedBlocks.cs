namespace SharpProbe.Sim.Chips;

/// <summary>
/// The blocks that both families have, instantiated and wired from the families' tables: GPIO ports, SYSCFG, EXTI, USARTs, DMA1 and DMA2, TIM2 to TIM7, IWDG
/// (and the H7's DMAMUX1). The RCC model sets <see cref="Peripheral.ClockEnabled"/> of each by name and calls their resets.
/// </summary>
public sealed class SharedBlocks
{
    /// <summary>NVIC inputs, alike on STM32F72x, F73x, H743 and H750 (vector tables of RM0431 and RM0433).</summary>
    private static readonly (string Name, int Irq)[] Usarts =
        [("USART1", 37), ("USART2", 38), ("USART3", 39), ("UART4", 52), ("UART5", 53), ("USART6", 71), ("UART7", 82), ("UART8", 83)];
    private static readonly (int Number, int Irq)[] Timers = [(2, 28), (3, 29), (4, 30), (5, 50), (6, 54), (7, 55)];
    private static readonly int[] Dma1Irqs = [11, 12, 13, 14, 15, 16, 17, 47];
    private static readonly int[] Dma2Irqs = [56, 57, 58, 59, 60, 68, 69, 70];

    private static readonly string[] DebugPort = ["JTMS-SWDIO", "JTCK-SWCLK", "JTDI", "JTDO-SWO", "JTRST"];

    private readonly Dictionary<string, Peripheral> _blocks = [];

    private SharedBlocks(MemoryMap map) => Map = map;

    public MemoryMap Map { get; }
    public IReadOnlyCollection<Peripheral> All => _blocks.Values;

    /// <summary>STM32F72x and F73x.</summary>
    /// <param name="die">The chip.</param>
    /// <param name="hertz">Frequency in Hz, 0 for off, of a USART's or timer's kernel clock by its name, of "HCLK" and of "LSI".</param>
    /// <param name="bootAdd1">Whether the BOOT pin chose BOOT_ADD1.</param>
    public static SharedBlocks F7(Die die, Func<string, ulong> hertz, Func<bool>? bootAdd1 = null)
    {
        var blocks = new SharedBlocks(MemoryMapF7.Blocks);
        foreach (char port in "ABCDEFGHI") blocks.Add(new Gpio(port, die, GpioResets.F7(port), AlternateFunctionsF7.Table));
        var syscfg = blocks.Add(new SyscfgF7(bootAdd1));
        blocks.Add(new Exti(die, ExtiLayout.F7, syscfg));
        blocks.AddCommon(die, hertz, UsartVersion.F7, DmaVersion.F7, new DmaChannelsF7(die));
        // The two without I2S (RM0431, "SPI implementation").
        foreach (var (name, irq) in (ReadOnlySpan<(string, int)>)[("SPI4", 84), ("SPI5", 85)]) blocks.Add(new Spi(name, die, () => hertz("PCLK2"), irq));
        return blocks;
    }

    /// <summary>STM32H743, H753 and H750.</summary>
    /// <param name="die">The chip.</param>
    /// <param name="hertz">As for <see cref="F7"/>; "HCLK" is the AHB clock of domain D2.</param>
    /// <param name="package">SYSCFG_PKGR.</param>
    /// <param name="userRegister">SYSCFG_URn by n, from the option bytes.</param>
    public static SharedBlocks H7(Die die, Func<string, ulong> hertz, uint package, Func<int, uint> userRegister)
    {
        var blocks = new SharedBlocks(MemoryMapH7.Blocks);
        foreach (char port in "ABCDEFGHIJK") blocks.Add(new Gpio(port, die, GpioResets.H7(port), AlternateFunctionsH7.Table));
        var syscfg = blocks.Add(new SyscfgH7(package, userRegister));
        blocks.Add(new Exti(die, ExtiLayout.H7, syscfg));
        var mux = blocks.Add(new Dmamux("DMAMUX1", die, DmamuxRequestsH7.Table));
        blocks.AddCommon(die, hertz, UsartVersion.H7, DmaVersion.H7, mux);
        return blocks;
    }

    /// <summary>A block by the manual's name: <c>Get&lt;Usart&gt;("USART1")</c>.</summary>
    public T Get<T>(string name) where T : Peripheral => (T)_blocks[name];

    /// <summary>Maps all of them; <see cref="MemoryMap.MapRest"/> comes after the family's own blocks.</summary>
    public void MapOn(Bus bus)
    {
        foreach (var block in All) Map.Map(bus, block);
    }

    /// <summary>System reset.</summary>
    public void Reset()
    {
        foreach (var block in All) block.Reset();
    }

    private void AddCommon(Die die, Func<string, ulong> hertz, UsartVersion usart, DmaVersion dma, IDmaRouter router)
    {
        // The chip's own debug port: nobody is connected, but its pins may be given back to it.
        foreach (string name in DebugPort) die.AddSignal(name);
        foreach (var (name, irq) in Usarts) Add(new Usart(name, die, usart, () => hertz(name), irq));
        Add(new Dma(1, die, dma, router, () => hertz("HCLK"), Dma1Irqs));
        Add(new Dma(2, die, dma, router, () => hertz("HCLK"), Dma2Irqs));
        foreach (var (number, irq) in Timers)
        {
            bool h7 = Map == MemoryMapH7.Blocks;
            string name = $"TIM{number}";
            Add(new Tim(name, die, number >= 6 ? TimFeatures.Basic(h7) : TimFeatures.General(h7, number), () => hertz(name), irq));
        }
        Add(new Iwdg("IWDG", die, () => hertz("LSI")));
    }

    private T Add<T>(T block) where T : Peripheral
    {
        _blocks.Add(block.Name, block);
        return block;
    }
}
