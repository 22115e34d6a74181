using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Usb;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Boards;

/// <summary>A microcontroller, assembled: core, memories and blocks at their addresses.</summary>
public abstract class Chip
{
    private readonly Dictionary<string, Peripheral> _blocks = [];
    private readonly List<MemoryRegion> _rams = [];

    protected Chip(string name, CoreKind kind, Scs.CoreFeatures features, TimeBase time, Nets nets)
    {
        (Bus, Time) = (new(), time);
        Core = new(kind, Bus, time, features);
        Die = new(name, time, Core.Nvic, Bus, nets);
        Core.SystemResetRequested += () => RequestReset(ResetCause.Software, "AIRCR.SYSRESETREQ");
    }

    public Bus Bus { get; }
    public TimeBase Time { get; }
    public Core Core { get; }
    public Die Die { get; }

    /// <summary>Modelled blocks by the manual's name.</summary>
    public IReadOnlyDictionary<string, Peripheral> Blocks => _blocks;

    /// <summary>USB device controllers: "F723.OTG_HS" and so on.</summary>
    public IReadOnlyList<IUsbDevice> UsbDevices => [.. _blocks.Values.OfType<IUsbDevice>()];

    /// <summary>Memories that lose their contents without power.</summary>
    public IReadOnlyList<MemoryRegion> Rams => _rams;

    /// <summary>Voltages that analog converters see, by the pin's name ("PA0"). A pin that is not here is at 0 V; digital levels are <see cref="Pins"/>' business.</summary>
    public Dictionary<string, uint> PinMillivolts { get; } = [];

    /// <summary>Level of the BOOT pin.</summary>
    public bool BootPin { get; set; }

    /// <summary>Where a part from the factory starts with the BOOT pin low.</summary>
    public const uint FlashStart = 0x0800_0000;

    /// <summary>Programs the option bytes' address of the vector table that is used with the BOOT pin low (BOOT_ADD0), as a programmer would; it counts from the next reset on.</summary>
    public abstract void StartAt(uint address);

    /// <summary>A battery at VBAT keeps the backup registers while the power is off. Backup SRAM is lost all the same: its regulator is not modelled.</summary>
    public bool Battery { get; set; }

    /// <summary>Erases and programming of the flash; null: not counted on this chip.</summary>
    public virtual FlashOperations? FlashOperations => null;

    /// <summary>A block asks for a system reset: why, and in words. The machine answers with <see cref="Reset"/>.</summary>
    public event Action<ResetCause, string>? ResetRequested;

    /// <summary>Registers and core as after this kind of reset.</summary>
    public abstract void Reset(ResetCause cause);

    protected void RequestReset(ResetCause cause, string reason) => ResetRequested?.Invoke(cause, reason);

    /// <summary>Takes in an OTG core with its RCC bits: <paramref name="gate"/>, and that of ULPI in Sleep mode where the transceiver is a full-speed one.</summary>
    protected void AddOtg(Otg core, MemoryMap map, ClockGates gates, string gate, string? ulpiInSleep)
    {
        gates.Attach(Add(core, map), gate);
        core.Asleep = () =>
        {
            if (!Core.Sleeping) return null;
            if (gates.EnabledInSleep(gate) is null) return $"the processor sleeps, and RCC's sleep enable bit of {gate} is 0";
            // Nobody drives the ULPI clock; asked for in Sleep mode it stops the core (ST's community on the H743, and TinyUSB's port of F7 and H7).
            return ulpiInSleep is not null && gates.EnabledInSleep(ulpiInSleep) is { } bit ? $"the processor sleeps while {bit} = 1 asks for a ULPI clock that nobody gives" : null;
        };
    }

    protected MemoryRegion AddRam(string name, uint address, uint kilobytes, MemoryTiming timing)
    {
        var region = new MemoryRegion(name, address, kilobytes * 1024, timing);
        Bus.Map(region);
        _rams.Add(region);
        return region;
    }

    protected MemoryRegion AddReadOnly(string name, uint address, uint size)
    {
        var region = new MemoryRegion(name, address, size, MemoryTiming.Flash)
        {
            OnWrite = (offset, _, _) => throw new BenchStop($"{name}: write to 0x{address + offset:X8}, which is not modelled"),
        };
        Bus.Map(region);
        return region;
    }

    /// <summary>Memory that software cannot change: ones, and a bus error where it is written.</summary>
    protected MemoryRegion AddFixed(string name, uint address, uint size)
    {
        var region = new MemoryRegion(name, address, size, MemoryTiming.Flash) { OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, address + offset) };
        region.Span.Fill(0xFF);
        Bus.Map(region);
        return region;
    }

    protected T Add<T>(T block, MemoryMap map) where T : Peripheral
    {
        map.Map(Bus, block);
        _blocks.Add(block.Name, block);
        return block;
    }

    protected T Add<T>(T block, uint address, uint size = 0x400) where T : Peripheral
    {
        Bus.Map(address, size, block);
        _blocks.Add(block.Name, block);
        return block;
    }

    /// <summary>Takes in blocks that are mapped already.</summary>
    protected void AddShared(SharedBlocks shared)
    {
        shared.MapOn(Bus);
        foreach (var block in shared.All) _blocks.Add(block.Name, block);
    }

    /// <summary>All bytes are zero.</summary>
    public void ClearRams()
    {
        foreach (var ram in _rams)
        {
            ram.Span.Clear();
            ram.ContentsChanged();
        }
    }

    /// <summary>Fixed noise: start-up code that forgets to initialise something must not be lucky.</summary>
    /// <param name="seed">Another for other noise.</param>
    public void FillRams(int seed = 0)
    {
        foreach (var ram in _rams)
        {
            new Random((int)ram.Address ^ seed).NextBytes(ram.Span);
            ram.ContentsChanged();
        }
    }
}
