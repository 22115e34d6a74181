namespace SharpProbe.Sim.Scs;

/// <summary>
/// Exception states and priorities (DDI0403 B1.5 and B3.4): what is pending, enabled and active, which exception wins, and what the core's
/// current priority is. It decides; entry and return themselves are the core's. Level semantics of the inputs follow B3.4.1: a rising level pends,
/// and a level that is still high when its handler returns pends again.
/// </summary>
public sealed class Nvic : IInterruptLines
{
    /// <summary>Priority of thread mode with nothing masked: below every exception.</summary>
    public const int Idle = 256;

    private readonly byte[] _priority = new byte[256];
    private readonly ExceptionSet _pending = new(), _enabled = new(), _active = new(), _level = new();
    private readonly byte _priorityMask;
    private bool _stale = true;
    private int _best, _bestGroup, _execution, _unmasked;

    public Nvic(int interruptLines, int priorityBits)
    {
        InterruptLines = interruptLines;
        _priorityMask = (byte)(0xFF << 8 - priorityBits);
        Reset();
    }

    /// <summary>The implemented bits of a priority byte.</summary>
    public byte PriorityMask => _priorityMask;

    /// <summary>Number of external interrupts.</summary>
    public int InterruptLines { get; }

    /// <summary>Raised when something changed that may let an exception be taken or end a sleep.</summary>
    public Action? Changed { get; set; }

    /// <summary>Raised when an exception becomes pending that was not; SEVONPEND makes it an event.</summary>
    public Action? Pended { get; set; }

    /// <summary>AIRCR.PRIGROUP: bits [PRIGROUP:0] of a priority are the subpriority.</summary>
    public int PriorityGrouping { get; set { field = value; Touch(); } }

    /// <summary>PRIMASK bit 0.</summary>
    public bool Primask { get; set { if (field != value) { field = value; Touch(); } } }

    /// <summary>FAULTMASK bit 0.</summary>
    public bool Faultmask { get; set { if (field != value) { field = value; Touch(); } } }

    /// <summary>BASEPRI, implemented bits only; 0 masks nothing.</summary>
    public byte Basepri { get; set { field = (byte)(value & _priorityMask); Touch(); } }

    /// <summary>DHCSR.C_MASKINTS: PendSV, SysTick and external interrupts wait (DDI0403 C1.6.2).</summary>
    public bool DebugMasked { get; set { if (field != value) { field = value; Touch(); } } }

    public void Reset()
    {
        Array.Clear(_priority);
        _pending.Clear(); _enabled.Clear(); _active.Clear();
        foreach (int n in (ReadOnlySpan<int>)[2, 3, 11, 12, 14, 15]) _enabled[n] = true;
        (PriorityGrouping, Primask, Faultmask, Basepri) = (0, false, false, 0);
        foreach (int n in _level) _pending[n] = true;
        Touch();
    }

    public bool IsPending(int number) => _pending[number];
    public bool IsActive(int number) => _active[number];
    public bool IsEnabled(int number) => _enabled[number];
    public uint PendingWord(int firstNumber) => _pending.Word(firstNumber);
    public uint ActiveWord(int firstNumber) => _active.Word(firstNumber);
    public uint EnabledWord(int firstNumber) => _enabled.Word(firstNumber);

    /// <summary>How many exceptions are active (ICSR.RETTOBASE, EXC_RETURN checks).</summary>
    public int ActiveCount
    {
        get
        {
            int count = 0;
            foreach (int _ in _active) count++;
            return count;
        }
    }

    /// <summary>Any external interrupt pending (ICSR.ISRPENDING).</summary>
    public bool AnyInterruptPending
    {
        get
        {
            foreach (int n in _pending)
                if (n >= ExceptionNumber.Interrupt0) return true;
            return false;
        }
    }

    public void Set(int irq, bool level)
    {
        int number = irq + ExceptionNumber.Interrupt0;
        if (irq < 0 || irq >= InterruptLines) throw new BenchStop($"NVIC has no interrupt {irq}");
        if (_level[number] == level) return;
        _level[number] = level;
        if (level) Pend(number);
    }

    public void Pend(int number)
    {
        if (_pending[number]) return;
        _pending[number] = true;
        Pended?.Invoke();
        Touch();
    }

    /// <summary>Clears the pending state; a line that is high stays pending (B3.4.1).</summary>
    public void Unpend(int number)
    {
        if (_level[number] && !_active[number]) return;
        _pending[number] = false;
        Touch();
    }

    public void Enable(int number, bool on)
    {
        _enabled[number] = on;
        Touch();
    }

    /// <summary>The handler of <paramref name="number"/> starts.</summary>
    public void Activate(int number)
    {
        _pending[number] = false;
        _active[number] = true;
        Touch();
    }

    /// <summary>SHCSR writes the active bits of system exceptions directly.</summary>
    public void SetActive(int number, bool on)
    {
        _active[number] = on;
        Touch();
    }

    /// <summary>The handler of <paramref name="number"/> has returned.</summary>
    public void Deactivate(int number)
    {
        _active[number] = false;
        if (_level[number]) _pending[number] = true;
        Touch();
    }

    /// <summary>AIRCR.VECTCLRACTIVE.</summary>
    public void ClearActive()
    {
        _active.Clear();
        Touch();
    }

    /// <summary>Priority of an exception: -3 Reset, -2 NMI, -1 HardFault, else the byte that was written (implemented bits).</summary>
    public int Priority(int number) => number switch
    {
        ExceptionNumber.Reset => -3,
        ExceptionNumber.Nmi => -2,
        ExceptionNumber.HardFault => -1,
        _ => _priority[number],
    };

    public void SetPriority(int number, byte priority)
    {
        _priority[number] = (byte)(priority & _priorityMask);
        Touch();
    }

    /// <summary>Group priority: what decides preemption (B1.5.4).</summary>
    public int GroupPriority(int number) => Group(Priority(number));

    /// <summary>The core's current priority, boosts included (ExecutionPriority() of B1.5.4).</summary>
    public int ExecutionPriority { get { Refresh(); return _execution; } }

    /// <summary>The pending and enabled exception that goes next, or 0.</summary>
    public int Next { get { Refresh(); return _best; } }

    /// <summary>True when <see cref="Next"/> preempts what runs now.</summary>
    public bool CanPreempt { get { Refresh(); return _best != 0 && _bestGroup < _execution; } }

    /// <summary>True when <see cref="Next"/> would preempt if PRIMASK were clear: this ends WFI (B1.5.19).</summary>
    public bool EndsSleep { get { Refresh(); return _best != 0 && _bestGroup < _unmasked; } }

    /// <summary>ICSR.VECTPENDING: <see cref="Next"/> unless BASEPRI or FAULTMASK hide it (B3.2.4).</summary>
    public int VectPending
    {
        get
        {
            Refresh();
            int mask = Faultmask ? -1 : Basepri != 0 ? Group(Basepri) : Idle;
            return _bestGroup < mask ? _best : 0;
        }
    }

    private int Group(int priority) => priority < 0 ? priority : priority & ~((2 << PriorityGrouping) - 1);

    private void Touch()
    {
        _stale = true;
        Changed?.Invoke();
    }

    private void Refresh()
    {
        if (!_stale) return;
        _stale = false;
        (_best, _bestGroup) = (0, Idle);
        int lowest = int.MaxValue;
        foreach (int n in _pending.And(_enabled))
            if (Priority(n) < lowest && !(DebugMasked && n >= ExceptionNumber.PendSv)) (_best, lowest) = (n, Priority(n));
        if (_best != 0) _bestGroup = Group(lowest);

        int running = Idle;
        foreach (int n in _active) running = Math.Min(running, GroupPriority(n));
        if (Basepri != 0) running = Math.Min(running, Group(Basepri));
        _unmasked = Faultmask ? Math.Min(running, -1) : running;
        _execution = Primask ? Math.Min(_unmasked, 0) : _unmasked;
    }
}
