namespace SharpProbe.Sim;

/// <summary>
/// Clock ratios and waits that the cycle cost of memory accesses depends on. The RCC and flash models set it; all figures in core cycles
/// unless said otherwise.
/// </summary>
public sealed class BusTiming
{
    private readonly List<BusWindow> _windows = [];

    /// <summary>Wait states of a flash read that misses prefetch and caches, in core cycles (FLASH_ACR.LATENCY, times the AHB divider).</summary>
    public uint FlashWaitStates { get; set; }

    /// <summary>ART accelerator or prefetch of the flash interface on: sequential fetches hide the wait states.</summary>
    public bool FlashPrefetch { get; set; }

    /// <summary>Core cycles per cycle of the AXI and AHB matrix (STM32H7: SYSCLK/HCLK; STM32F7: 1).</summary>
    public uint AhbRatio { get; set; } = 1;

    /// <summary>Windows, in the order they were added; a later one wins.</summary>
    public IReadOnlyList<BusWindow> Windows => _windows;

    /// <summary>Raised by <see cref="Add"/> and <see cref="Clear"/>, and to be raised after changing the properties.</summary>
    public event Action? Changed;

    /// <summary>
    /// Sets the windows of a chip for new clocks; the RCC model calls it after every change.
    /// </summary>
    /// <param name="paths"><see cref="PeripheralPath.F7"/> or <see cref="PeripheralPath.H7"/>.</param>
    /// <param name="ahbRatio">Core cycles per AHB cycle.</param>
    /// <param name="apbRatios">Core cycles per cycle of APB1, APB2 (H7: and APB3, APB4).</param>
    public void Set(IEnumerable<PeripheralPath> paths, uint ahbRatio, params uint[] apbRatios)
    {
        AhbRatio = ahbRatio;
        _windows.Clear();
        foreach (var path in paths) _windows.Add(path.Window(ahbRatio, apbRatios));
        Changed?.Invoke();
    }

    /// <summary>Adds a peripheral address window with its own cost, e.g. an APB behind its divider.</summary>
    public void Add(BusWindow window)
    {
        _windows.Add(window);
        Changed?.Invoke();
    }

    public void Clear()
    {
        _windows.Clear();
        Changed?.Invoke();
    }

    public void NotifyChanged() => Changed?.Invoke();

    /// <summary>The window of an address, or null for the core's default.</summary>
    public BusWindow? Find(uint address)
    {
        for (int i = _windows.Count - 1; i >= 0; i--)
            if (address - _windows[i].Address < _windows[i].Size) return _windows[i];
        return null;
    }
}
