using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>
/// A Cortex-M processor: this file is its state. Instructions are decoded once a page (decoder/) and executed by small static methods;
/// exceptions and the system control space are the other half of the class (scs/).
/// </summary>
public sealed unsafe partial class Core
{
    private RegisterFile _registers;
    private FloatRegisterFile _floats;
    private uint _otherStack;

    /// <param name="kind">The processor.</param>
    /// <param name="bus">Its memories and devices.</param>
    /// <param name="time">Counts its cycles.</param>
    /// <param name="features">What the part's designers chose; null: a common choice for the kind.</param>
    public Core(CoreKind kind, Bus bus, TimeBase time, Scs.CoreFeatures? features = null)
    {
        (Kind, Bus, Time) = (kind, bus, time);
        Features = features ?? Scs.CoreFeatures.For(kind);
        InitializeMemory();
        InitializeSystem();
    }

    public CoreKind Kind { get; }
    public Bus Bus { get; }
    public TimeBase Time { get; }

    public bool IsV6M => Kind == CoreKind.CortexM0Plus;
    public bool IsM7 => Kind >= CoreKind.CortexM7;
    /// <summary>Parallel and saturating arithmetic of ARMv7E-M.</summary>
    public bool HasDsp => Kind >= CoreKind.CortexM4;
    public bool HasFpu => Kind >= CoreKind.CortexM4;
    /// <summary>VSEL, VMAXNM, VRINT and the rest of FPv5.</summary>
    public bool HasFpv5 => Kind >= CoreKind.CortexM7;
    public bool HasDouble => Kind == CoreKind.CortexM7Double;

    /// <summary>R0 to R14 by number; 13 is the stack pointer in use. Not for 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref uint R(int number) => ref Unsafe.Add(ref Unsafe.As<RegisterFile, uint>(ref _registers), number);

    /// <summary>S0 to S31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref uint S(int number) => ref Unsafe.Add(ref Unsafe.As<FloatRegisterFile, uint>(ref _floats), number);

    /// <summary>D0 to D15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref ulong D(int number) => ref Unsafe.As<uint, ulong>(ref Unsafe.Add(ref Unsafe.As<FloatRegisterFile, uint>(ref _floats), number * 2));

    /// <summary>R0 to R15 for debuggers and tests; 15 is <see cref="Pc"/>.</summary>
    public uint this[int register]
    {
        get => register == 15 ? Pc : R(Checked(register));
        set
        {
            if (register == 15) Pc = value & ~1u;
            else R(Checked(register)) = register == 13 ? value & ~3u : value;
        }
    }

    /// <summary>S0 to S31 for debuggers and tests.</summary>
    public uint GetSingle(int number) => S(number & 31);
    public void SetSingle(int number, uint value) => S(number & 31) = value;

    /// <summary>Address of the instruction that runs next (bit 0 clear). Inside an instruction: of the one that follows it.</summary>
    public uint Pc { get => _pc; set => _pc = value; }
    internal uint _pc;

    /// <summary>Address of the instruction that is being executed: what a fault returns to.</summary>
    public uint InstructionAddress { get; internal set; }

    // N and Z come from the last result, so that an instruction that sets both stores a word twice and computes nothing.
    internal uint _nResult, _zResult = 1;
    internal bool _carry, _overflow, _saturated;

    public bool N { get => (int)_nResult < 0; set => _nResult = value ? 0x8000_0000 : 0; }
    public bool Z { get => _zResult == 0; set => _zResult = value ? 0u : 1; }
    public bool C { get => _carry; set => _carry = value; }
    public bool V { get => _overflow; set => _overflow = value; }
    public bool Q { get => _saturated; set => _saturated = value; }
    /// <summary>APSR.GE, ARMv7E-M only.</summary>
    public uint Ge;

    /// <summary>APSR in its place of xPSR: N 31, Z 30, C 29, V 28, Q 27, GE 19:16.</summary>
    public uint Apsr
    {
        get => (N ? 1u << 31 : 0) | (Z ? 1u << 30 : 0) | (C ? 1u << 29 : 0) | (V ? 1u << 28 : 0) | (Q ? 1u << 27 : 0) | Ge << 16;
        set
        {
            (N, Z, C, V) = ((value & 1u << 31) != 0, (value & 1u << 30) != 0, (value & 1u << 29) != 0, (value & 1u << 28) != 0);
            if (IsV6M) return;
            Q = (value & 1u << 27) != 0;
            if (HasDsp) Ge = value >> 16 & 15;
        }
    }

    /// <summary>ITSTATE as DDI0403 A7.3.3 has it; not zero inside an IT block.</summary>
    public byte ItState
    {
        get;
        set { field = value; SetAttention(Attention.It, value != 0); }
    }

    /// <summary>EPSR.T. Clear means that the next instruction raises <see cref="FaultKind.InvalidState"/>.</summary>
    public bool ThumbState
    {
        get;
        set { field = value; SetAttention(Attention.NotThumb, !value); }
    } = true;

    /// <summary>xPSR whole: APSR, IPSR, and EPSR with ITSTATE and T.</summary>
    public uint Xpsr
    {
        get => Apsr | Ipsr | (ThumbState ? 1u << 24 : 0) | (uint)(ItState & 3) << 25 | (uint)(ItState >> 2) << 10;
        set
        {
            Apsr = value;
            Ipsr = value & 0x1FF;
            ThumbState = (value & 1u << 24) != 0;
            ItState = (byte)(value >> 25 & 3 | value >> 8 & 0xFC);
        }
    }

    /// <summary>IPSR: number of the exception being handled, 0 in thread mode.</summary>
    public uint Ipsr { get; set { if (field != value) { field = value; PrivilegeChanged(); } } }

    public bool HandlerMode => Ipsr != 0;

    /// <summary>CONTROL.nPRIV.</summary>
    public bool ThreadUnprivileged { get; set { if (field != value) { field = value; PrivilegeChanged(); } } }

    public bool Privileged => HandlerMode || !ThreadUnprivileged;

    /// <summary>CONTROL.SPSEL: R13 is PSP. Setting it swaps the banks; exception entry clears it.</summary>
    public bool UsesProcessStack
    {
        get;
        set
        {
            if (field == value) return;
            field = value;
            (R(13), _otherStack) = (_otherStack, R(13));
        }
    }

    /// <summary>CONTROL.FPCA: the floating-point registers hold a context of the code that runs now.</summary>
    public bool FpContextActive { get; set; }

    public uint Msp
    {
        get => UsesProcessStack ? _otherStack : R(13);
        set { if (UsesProcessStack) _otherStack = value & ~3u; else R(13) = value & ~3u; }
    }

    public uint Psp
    {
        get => UsesProcessStack ? R(13) : _otherStack;
        set { if (UsesProcessStack) R(13) = value & ~3u; else _otherStack = value & ~3u; }
    }

    /// <summary>CONTROL as MRS shows it.</summary>
    public uint Control => (ThreadUnprivileged ? 1u : 0) | (UsesProcessStack ? 2u : 0) | (FpContextActive ? 4u : 0);

    public uint Fpscr { get => _fpscr; set => _fpscr = value; }
    internal uint _fpscr;

    /// <summary>
    /// True while a floating-point instruction may run without any check: CPACR grants access, no lazy state is pending (FPCCR.LSPACT)
    /// and CONTROL.FPCA is set. Whoever changes one of them clears this; the next instruction then calls PrepareFloatingPoint.
    /// </summary>
    internal bool _floatReady;

    /// <summary>The event register of WFE (DDI0403 B1.5.18).</summary>
    public bool EventRegister { get; set; }

    /// <summary>In WFI or WFE. The exception model clears it when a wake-up condition comes.</summary>
    public bool Sleeping { get => (_attention & Attention.Sleep) != 0; set => SetAttention(Attention.Sleep, value); }

    /// <summary>No instruction is executed: debug halt, or lockup.</summary>
    public bool Halted { get => (_attention & Attention.Halt) != 0; set => SetAttention(Attention.Halt, value); }

    /// <summary>Local exclusive monitor: the tagged address while open.</summary>
    internal bool _exclusiveOpen;
    internal uint _exclusiveAddress;

    /// <summary>Instructions executed since creation, for the view and for figures.</summary>
    public ulong Instructions { get; internal set; }

    internal Attention _attention;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetAttention(Attention bit, bool on) => _attention = on ? _attention | bit : _attention & ~bit;

    /// <summary>Execution privilege changed: MPU permissions that were cached as direct pointers are void.</summary>
    private void PrivilegeChanged() => PrivilegeHook();

    private static int Checked(int register) =>
        (uint)register < 15 ? register : throw new ArgumentOutOfRangeException(nameof(register));
}
