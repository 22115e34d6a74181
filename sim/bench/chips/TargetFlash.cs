namespace SharpProbe.Sim.Chips;

/// <summary>What a target's chip must know of its flash controller, whichever the family.</summary>
public abstract class TargetFlash : Peripheral
{
    /// <param name="die">The chip.</param>
    /// <param name="together">Memories of which none can be read while one is at work, beside what each operation names.</param>
    protected TargetFlash(Die die, params MemoryRegion[] together) : this(die, new FlashWork(die.Time, together)) { }

    /// <param name="die">The chip.</param>
    /// <param name="work">Shared with another bank.</param>
    protected TargetFlash(Die die, FlashWork work) : base("FLASH") => (Die, Work) = (die, work);

    protected Die Die { get; }

    /// <summary>What is under way.</summary>
    public FlashWork Work { get; }

    /// <summary>Wait states that the software chose.</summary>
    public abstract uint Latency { get; }

    /// <summary>Prefetch or instruction cache on: sequential fetches hide wait states.</summary>
    public abstract bool HidesWaitStates { get; }

    /// <summary>The independent watchdog runs from reset on.</summary>
    public abstract bool HardwareWatchdog { get; }

    /// <summary>0: open; 1: a debugger may not touch the main flash; 2: there is no debug port any more.</summary>
    public abstract int ProtectionLevel { get; }

    /// <summary>Raised when any of these changed.</summary>
    public event Action? Changed;

    protected void RaiseChanged() => Changed?.Invoke();
}
