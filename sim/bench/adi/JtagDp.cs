namespace SharpProbe.Sim.Adi;

/// <summary>
/// A JTAG debug port's TAP (IHI 0031E, chapter B3): a DPACC or APACC scan captures the acknowledge and the result of the transaction before, and begins its own in Update-DR unless it captured WAIT.
/// Registers and access ports are those of <paramref name="dp"/>, which in an SWJ-DP the serial wire shares.
/// </summary>
/// <param name="idcode">0x3BA00477: STM32F103; 0x4BA00477: Cortex-M3 r2 and M4.</param>
public sealed class JtagDp(string name, uint idcode, SwDp dp) : Tap(name, irLength: 4)
{
    private const uint Abort = 0b1000, DpAcc = 0b1010, ApAcc = 0b1011, IdCode = 0b1110;
    private const uint OkOrFault = 0b010, Wait = 0b001;

    private bool _waits;

    public SwDp Dp => dp;

    /// <summary>Transactions begun, since power-on.</summary>
    public ulong Transactions { get; private set; }

    /// <summary>Scans that captured WAIT.</summary>
    public ulong Waits { get; private set; }

    /// <summary>DPv0 has no DPIDR: zero is read in its place. Its JTAG half says nothing of the version of the other.</summary>
    public uint Dpidr { get; init; }

    protected override uint ResetInstruction => IdCode;

    protected override UInt128 Capture(ulong now, out int length)
    {
        length = Instruction switch { Abort or DpAcc or ApAcc => 35, IdCode => 32, _ => 1 };
        if (Instruction == IdCode) return idcode;
        if (length == 1) return 0;
        if (Instruction == Abort) return OkOrFault;
        _waits = !dp.JtagCapture(now, out uint result);
        if (_waits) Waits++;
        return _waits ? Wait : (UInt128)result << 3 | OkOrFault;
    }

    protected override void Update(UInt128 value, ulong now)
    {
        uint data = (uint)(value >> 3);
        int address = (int)(value >> 1 & 3) << 2;
        bool read = (value & 1) != 0;
        if (Instruction == Abort)
        {
            // Chapter B3, ABORT: other than a write of address 0 is UNPREDICTABLE.
            if (!read && address == 0) dp.JtagAbort(data, now);
        }
        else if (Instruction is DpAcc or ApAcc && !_waits)
        {
            Transactions++;
            dp.JtagUpdate(Instruction == ApAcc, read, address, data, Dpidr, now);
        }
    }
}
