using System;
using System.Buffers.Binary;

namespace SharpProbe.Wire;

/// <summary>
/// JTAG (IEEE 1149.1), and the accesses to a debug port's registers by it (IHI 0031, "The JTAG Debug Port"). Between calls the chain is in Run-Test/Idle and TCK is high. TCK, TMS, owner, clock and
/// the pins beside are those of <see cref="Wire"/>.
/// </summary>
public abstract class Jtag(Swd wire) : DebugLink
{
    /// <summary>Instructions of a JTAG-DP.</summary>
    private const uint Abort = 0b1000, DpAcc = 0b1010, ApAcc = 0b1011;

    /// <summary>Acknowledges, first bit lowest.</summary>
    private const uint OkOrFault = 0b010, Wait = 0b001;

    private const uint NoInstruction = uint.MaxValue, RdBuff = 12, LongestRest = 128;

    private readonly Swd _wire = wire;
    private TapPlace _place;
    private uint _instruction = NoInstruction;
    private uint _rest, _calm;

    public Swd Wire => _wire;

    public override bool TellsFaults => false;

    /// <summary>Takes TDI and TDO too.</summary>
    public abstract void Connect();

    /// <summary>Lets TDI and TDO go; TCK and TMS are the wire's.</summary>
    public abstract void Disconnect();

    /// <summary>TCK in Hz while bits are shifted: what <see cref="Swd.Frequency"/> asked for, or the nearest below.</summary>
    public abstract uint Frequency { get; }

    /// <summary>What the pins show: TDI in bit 0, TDO in bit 1.</summary>
    public abstract uint Levels { get; }

    /// <summary>Level of TDI.</summary>
    public abstract void SetTdi(bool high);

    /// <summary>Up to 32 clocks with TMS at one level; gives what TDO showed before each rising edge, first bit lowest. The instruction is not looked after: see <see cref="Forget"/>.</summary>
    public abstract uint Shift(uint tdi, int count, bool tms);

    /// <summary>A scan of a 35-bit register in <see cref="Place"/>, from Run-Test/Idle and back; returns the three bits that came first.</summary>
    /// <param name="head">Bits 2:0 of what goes in.</param>
    /// <param name="value">Bits 34:3; those that come out instead when <paramref name="reads"/>, else nothing goes through them.</param>
    protected abstract uint Scan(uint head, ref uint value, bool reads);

    /// <summary>Nothing happens for so many turns of a delay loop.</summary>
    protected abstract void Rest(uint turns);

    /// <summary>The TAP that the next accesses are for.</summary>
    public TapPlace Place
    {
        get => _place;
        set
        {
            _place = value;
            Forget();
        }
    }

    /// <summary>Somebody else may have changed the chain's instructions.</summary>
    public void Forget() => _instruction = NoInstruction;

    /// <summary>Test-Logic-Reset, then Run-Test/Idle.</summary>
    public void Reset()
    {
        _wire.Out(0x3F, 7);
        Forget();
    }

    /// <summary>From Run-Test/Idle to Shift-DR or Shift-IR.</summary>
    public void Enter(bool ir) => _wire.Out(ir ? 0b0011u : 0b001u, ir ? 4 : 3);

    /// <summary>From Exit1 by Update to Run-Test/Idle: what a shift with TMS high in its last clock needs.</summary>
    public void Leave() => _wire.Out(0b01, 2);

    /// <summary>Shifts ones without looking at what comes out.</summary>
    /// <param name="last">The last clock leaves the shift state.</param>
    public void Fill(int count, bool last)
    {
        for (; count > 32; count -= 32) _ = Shift(uint.MaxValue, 32, false);
        if (count == 0) return;
        if (!last || count > 1) _ = Shift(uint.MaxValue, last ? count - 1 : count, false);
        if (last) _ = Shift(1, 1, true);
    }

    /// <summary>An instruction for the TAP at hand; the others get BYPASS.</summary>
    public void Instruct(uint instruction)
    {
        if (instruction == _instruction) return;
        Enter(ir: true);
        Fill(_place.IrBefore, last: false);
        int length = _place.IrLength;
        bool last = _place.IrAfter == 0;
        if (last)
        {
            if (length > 1) _ = Shift(instruction, length - 1, false);
            _ = Shift(instruction >> length - 1, 1, true);
        }
        else
        {
            _ = Shift(instruction, length, false);
            Fill(_place.IrAfter, last: true);
        }
        Leave();
        _instruction = instruction;
    }

    /// <summary>A data register of 32 bits of the TAP at hand; what goes in are ones.</summary>
    public uint ReadData()
    {
        Enter(ir: false);
        Fill(_place.Before, last: false);
        uint value;
        if (_place.After == 0)
        {
            value = Shift(uint.MaxValue, 31, false);
            value |= Shift(1, 1, true) << 31;
        }
        else
        {
            value = Shift(uint.MaxValue, 32, false);
            Fill(_place.After, last: true);
        }
        Leave();
        return value;
    }

    /// <summary>A write of DP register 0 is one of ABORT, which has an instruction of its own, and no acknowledge.</summary>
    public override SwdAck Write(uint request, uint value)
    {
        bool abort = (request & 0x1A) == 0;
        Instruct(abort ? Abort : Access(request));
        uint ack = Scan(abort ? 0 : Head(request), ref value, reads: false);
        return abort ? SwdAck.Ok : AckOf(ack);
    }

    /// <summary>A DP register's value comes with a second scan; that of the AP read before with RDBUFF's own.</summary>
    public override SwdAck Read(uint request, out uint value)
    {
        value = 0;
        Instruct(Access(request));
        uint head = Head(request);
        uint ack = Scan(head, ref value, reads: true);
        if (SwdRequest.IsAp(request) || head == (RdBuff >> 1 | 1)) return AckOf(ack);
        if (ack != OkOrFault) return AckOf(ack);
        int tries = BusyRetries;
        do ack = Scan(RdBuff >> 1 | 1, ref value, reads: true);
        while (ack == Wait && --tries > 0);
        return AckOf(ack);
    }

    public override SwdAck ReadBlock(uint request, Span<byte> data, ref int issued, int tries = BusyRetries)
    {
        int words = data.Length >> 2, retries = tries;
        SwdAck ack = SwdAck.Ok;
        uint value = 0, head = Head(request);
        while (issued < words)
        {
            Instruct(Access(request));
            ack = AckOf(Scan(head, ref value, reads: true));
            Adapt(ack);
            if (ack == SwdAck.Wait && --retries > 0) continue;
            if (ack != SwdAck.Ok) return ack;
            if (issued != 0) BinaryPrimitives.WriteUInt32LittleEndian(data[(issued * 4 - 4)..], value);
            issued++;
        }
        do ack = Read(SwdRequest.ReadDp(RdBuff), out value);
        while (ack == SwdAck.Wait && --retries > 0);
        if (ack == SwdAck.Ok) BinaryPrimitives.WriteUInt32LittleEndian(data[(words * 4 - 4)..], value);
        return ack;
    }

    public override SwdAck WriteBlock(uint request, ReadOnlySpan<byte> data, ref int done, int tries = BusyRetries)
    {
        int words = data.Length >> 2, retries = tries;
        while (done < words)
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(data[(done * 4)..]);
            SwdAck ack = Write(request, value);
            Adapt(ack);
            if (ack == SwdAck.Wait && --retries > 0) continue;
            if (ack != SwdAck.Ok) return ack;
            done++;
        }
        return SwdAck.Ok;
    }

    /// <summary>
    /// In a block three clocks lie between two transactions, which is less than a slow target's bus takes, and a scan that captures WAIT is 40 clocks lost: so much of a pause is made that few do,
    /// and less and less of it while none does.
    /// </summary>
    private void Adapt(SwdAck ack)
    {
        if (ack == SwdAck.Wait) _rest = Math.Min(_rest + 8, LongestRest);
        else if ((++_calm & 15) == 0 && _rest != 0) _rest -= (_rest >> 5) + 1;
        if (_rest != 0) Rest(_rest);
    }

    /// <summary>In Run-Test/Idle.</summary>
    public override void Idle(int clocks = 8) => _wire.Idle(clocks);

    private static uint Access(uint request) => SwdRequest.IsAp(request) ? ApAcc : DpAcc;

    /// <summary>RnW and A[3:2].</summary>
    private static uint Head(uint request) => request >> 2 & 7;

    private static SwdAck AckOf(uint ack) => ack switch
    {
        OkOrFault => SwdAck.Ok,
        Wait => SwdAck.Wait,
        7 => SwdAck.NoAnswer,
        _ => 0,
    };
}
