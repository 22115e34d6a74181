using System;
using System.Buffers.Binary;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Rtt;

/// <summary>
/// SEGGER's Real Time Transfer: rings in the target's RAM that its program writes to and reads from while it runs, joined to a USB port. The control block is read anew at each look, and nothing
/// in it is believed: rings that do not lie in RAM, or whose offsets make no sense, are left alone.
/// </summary>
public sealed class RttLink
{
    private const int Head = 24;

    private readonly RingReader _reader;
    private readonly ByteStream _port;
    private readonly Clock _clock;
    private readonly RttSearch _search;
    private DebugTarget? _target;
    private bool _enabled;
    private LookPace _pace;
    private uint _errors;

    /// <param name="reader">Its port is where channels lead to, and where input comes from.</param>
    public RttLink(RingReader reader, Clock clock)
    {
        (_reader, _port, _clock) = (reader, reader.Port, clock);
        _search = new(Settings);
    }

    public RttSettings Settings { get; } = new();

    /// <summary>Address of the control block; 0: none has been found.</summary>
    public uint Block { get; private set; }

    /// <summary>Channels of the control block.</summary>
    public int UpCount { get; private set; }
    public int DownCount { get; private set; }

    /// <summary>What is written to the port goes to the program.</summary>
    public bool TakesInput => _enabled && Block != 0 && DownCount != 0;

    public bool Enabled
    {
        get => _enabled;
        set
        {
            _enabled = value;
            Forget();
        }
    }

    /// <summary>The control block is looked for anew.</summary>
    public void Forget()
    {
        Block = 0;
        (UpCount, DownCount) = (0, 0);
        _errors = 0;
        _pace.Restart();
        _search.Restart();
    }

    /// <summary>A look at the target, if it is time to.</summary>
    public void Poll(DebugTarget target)
    {
        if (!_enabled) return;
        if (target != _target) Forget();
        _target = target;
        uint start = _clock.Microseconds;
        if (!_pace.IsDue(start)) return;
        bool found = Block != 0 || TryFind(target);
        bool any = false;
        if (found && !TryServe(target, ref any)) Missed();
        uint now = _clock.Microseconds;
        if (!any && (found || !_search.UnderWay)) _pace.Rest(now, Settings.MinPoll * 1000, Settings.MaxPoll * 1000);
        else if (any) _pace.GoOn(start, now);
        else _pace.Search(start, now);
    }

    /// <summary>A channel as it is now. False: there is none, or it cannot be read.</summary>
    public bool TryRead(DebugTarget target, bool up, int index, out RttChannel channel)
    {
        Span<byte> description = stackalloc byte[RttChannel.Size];
        channel = default;
        if (Block == 0 || index >= (up ? UpCount : DownCount) || target.ReadMemory(Address(up, index), description).Failed) return false;
        channel = new(description);
        return true;
    }

    private uint Address(bool up, int index) => Block + Head + (uint)((up ? 0 : UpCount) + index) * RttChannel.Size;

    private bool TryFind(DebugTarget target)
    {
        if (!_search.TryFind(target, _reader.Piece, out uint address)) return false;
        Span<byte> counts = stackalloc byte[8];
        if (target.ReadMemory(address + 16, counts).Failed) return false;
        uint up = BinaryPrimitives.ReadUInt32LittleEndian(counts), down = BinaryPrimitives.ReadUInt32LittleEndian(counts[4..]);
        if (up > RttSettings.Channels || down > RttSettings.Channels || up + down == 0) return false;
        if (!_search.IsRam(target, address, Head + (up + down) * RttChannel.Size)) return false;
        (Block, UpCount, DownCount, _errors) = (address, (int)up, (int)down, 0);
        return true;
    }

    /// <summary>A program that begins anew clears its RAM, and the ident comes back later, perhaps elsewhere.</summary>
    private void Missed()
    {
        if (++_errors >= Settings.MaxErrors) Forget();
    }

    /// <summary>False: there is no control block where it was.</summary>
    private bool TryServe(DebugTarget target, ref bool any)
    {
        int wanted = UpCount;
        while (wanted > 0 && (Settings.Up >> wanted - 1 & 1) == 0) wanted--;
        Span<byte> block = stackalloc byte[Head + RttSettings.Channels * RttChannel.Size];
        block = block[..(Head + wanted * RttChannel.Size)];
        if (target.ReadMemory(Block, block).Failed || !block.StartsWith(Settings.Ident)) return false;
        _errors = 0;
        for (int i = 0; i < wanted; i++)
            if ((Settings.Up >> i & 1) != 0) any |= Drain(target, i, new(block[(Head + i * RttChannel.Size)..]));
        if (DownCount != 0 && _port.Available != 0 && TryRead(target, false, 0, out RttChannel down)) any |= Fill(target, down);
        return true;
    }

    private bool Drain(DebugTarget target, int index, RttChannel channel) =>
        channel.IsValid && channel.Filled != 0 && _search.IsRam(target, channel.Buffer, channel.Length)
        && _reader.Drain(target, channel.Buffer, channel.Length, channel.Write, channel.Read, Address(true, index) + RttChannel.ReadOffset);

    private bool Fill(DebugTarget target, RttChannel channel)
    {
        if (!channel.IsValid || channel.Free == 0 || !_search.IsRam(target, channel.Buffer, channel.Length)) return false;
        Span<byte> piece = _reader.Piece;
        piece = piece[..(int)Math.Min(channel.Free, (uint)piece.Length)];
        piece = piece[.._port.Read(piece)];
        if (piece.IsEmpty || target.WriteMemory(channel.Buffer + channel.Write, piece).Failed) return false;
        uint write = channel.Write + (uint)piece.Length;
        return RingReader.SetOffset(target, Address(false, 0) + RttChannel.WriteOffset, write == channel.Length ? 0 : write);
    }
}
