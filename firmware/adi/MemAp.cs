using System;
using System.Buffers.Binary;

namespace SharpProbe.Adi;

/// <summary>A memory access port: CSW and TAR are written only when they change, words and packed data go as blocks of DRW (IHI 0031, "The Memory Access Port").</summary>
public sealed class MemAp(DebugPort first) : AccessPort
{
    /// <summary>Registers.</summary>
    public const uint Csw = 0x00, Tar = 0x04, Drw = 0x0C, Rom = 0xF8, Identification = 0xFC;

    private const uint SizeAndIncrement = 0x37, Single = 0x10, Packed = 0x20;

    /// <summary>HPROT data and privileged, and the debugger as bus master (IHI 0031, "CSW" of an AHB-AP).</summary>
    private const uint AhbProtection = 0x2300_0000;

    /// <summary>Of an AHB5-AP: secure accesses are allowed, and this one is none (IHI 0074, "CSW"). Whether reset sets the latter is the chip's business.</summary>
    private const uint SecureEnabled = 1 << 23, NonSecure = 1 << 30;

    /// <summary>Only the low ten bits of TAR are sure to count.</summary>
    private const uint IncrementWindow = 1024;

    private const int Attempts = 3;

    private DebugPort _port = first;
    private uint _index, _ap;                               // number or address; what SELECT holds for it
    private uint _idr, _base, _cswBase, _csw, _tar, _epoch;
    private bool _cswKnown, _tarKnown, _packs, _bytes;
    private ushort _designer, _part;

    public override uint Index => _index;
    public override uint Idr => _idr;
    public override uint Base => _base;
    public override ushort Designer => _designer;
    public override ushort Part => _part;
    public override uint DpIdr => _port.DpIdr;
    public override uint TargetId => _port.TargetId;

    public bool IsOf(DebugPort port) => _port == port;

    /// <summary>Takes an access port whose IDR was read: what its CSW can do, and what its ROM table is.</summary>
    public DebugFault Open(DebugPort port, uint index, uint idr)
    {
        _port = port;
        (_index, _ap, _idr, _packs, _bytes) = (index, port.SelectOf(index), idr, false, true);
        _cswKnown = _tarKnown = false;
        (_designer, _part, _base, _cswBase) = (0, 0, 0, 0);
        DebugFault fault = _port.ReadAp(_ap, Csw, out uint csw);
        if (fault.Ok) fault = _port.ReadAp(_ap, Rom, out _base);
        if (fault.Failed) return fault;
        if ((_port.IsV6 || (idr & 15) == 5) && (csw & SecureEnabled) != 0) csw &= ~NonSecure;
        _cswBase = csw & ~SizeAndIncrement | ((idr & 15) is 1 or 5 or 8 ? AhbProtection : 0);
        fault = _port.WriteAp(_ap, Csw, _cswBase | 1 | Packed);
        if (fault.Ok) fault = _port.ReadAp(_ap, Csw, out csw);
        _packs = (csw & SizeAndIncrement) == (1 | Packed);
        _bytes = (csw & 7) == 1;                             // one that only knows words keeps size 2
        if (fault.Ok && RomTable.TryAddress(_base, out uint table) && RomTable.Identify(this, table, out ComponentId id).Ok)
            (_designer, _part) = (id.Designer, id.Part);
        return fault;
    }

    public override DebugFault Read(uint address, Span<byte> data)
    {
        DebugFault fault = DebugFault.None;
        while (fault.Ok && !data.IsEmpty)
        {
            int count = Step(address, data.Length);
            fault = count < 4 ? ReadPart(address, data[..count]) : ReadWords(address, data[..count], 2 | Single);
            address += (uint)count;
            data = data[count..];
        }
        return Done(fault);
    }

    public override DebugFault Write(uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = DebugFault.None;
        while (fault.Ok && !data.IsEmpty)
        {
            int count = Step(address, data.Length);
            fault = count < 4 ? WritePart(address, data[..count]) : WriteWords(address, data[..count], 2 | Single);
            address += (uint)count;
            data = data[count..];
        }
        return Done(fault);
    }

    public override DebugFault Read32(uint address, out uint value)
    {
        Span<byte> word = stackalloc byte[4];
        word.Clear();
        DebugFault fault = (address & 3) != 0 ? new(FaultKind.BadArgument, address) : Done(ReadWords(address, word, 2 | Single));
        value = BinaryPrimitives.ReadUInt32LittleEndian(word);
        return fault;
    }

    public override DebugFault Write32(uint address, uint value)
    {
        if ((address & 3) != 0) return new(FaultKind.BadArgument, address);
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        return Done(WriteWords(address, word, 2 | Single));
    }

    public override DebugFault WriteHalfwords(uint address, ReadOnlySpan<byte> data) => WriteSized(address, data, 2);

    public override DebugFault ReadSized(uint address, Span<byte> data, int width)
    {
        DebugFault fault = CheckSized(address, data.Length, width);
        while (fault.Ok && !data.IsEmpty)
        {
            int count = SizedStep(address, data.Length, width);
            fault = count >= 4 ? ReadWords(address, data[..count], width == 4 ? 2 | Single : (uint)(width >> 1) | Packed) : ReadOne(address, data[..width]);
            address += (uint)count;
            data = data[count..];
        }
        return Done(fault);
    }

    public override DebugFault WriteSized(uint address, ReadOnlySpan<byte> data, int width)
    {
        DebugFault fault = CheckSized(address, data.Length, width);
        while (fault.Ok && !data.IsEmpty)
        {
            int count = SizedStep(address, data.Length, width);
            fault = count >= 4 ? WriteWords(address, data[..count], width == 4 ? 2 | Single : (uint)(width >> 1) | Packed) : WriteOne(address, data[..width]);
            address += (uint)count;
            data = data[count..];
        }
        return Done(fault);
    }

    public override DebugFault Flush() => Done(_port.Flush());

    private DebugFault CheckSized(uint address, int length, int width) =>
        width is not (1 or 2 or 4) || ((address | (uint)length) & (uint)(width - 1)) != 0 || width != 4 && !_bytes ? new(FaultKind.BadArgument, address) : DebugFault.None;

    /// <summary>Bytes to do in one go: a byte or half-word up to a word's boundary or the end, else all whole words.</summary>
    private static int Step(uint address, int length)
    {
        if ((address & 3) == 0 && length >= 4) return length & ~3;
        return (address & 1) == 0 && length >= 2 ? 2 : 1;
    }

    /// <summary>As <see cref="Step"/>, in units of a width; whole words only where they can be packed.</summary>
    private int SizedStep(uint address, int length, int width) =>
        width == 4 || _packs && (address & 3) == 0 && length >= 4 ? length & ~3 : width;

    private DebugFault Done(DebugFault fault)
    {
        _port.Rest();
        return fault;
    }

    /// <summary>Whole words of the bus's data lanes, one DRW each.</summary>
    private DebugFault ReadWords(uint address, Span<byte> data, uint mode)
    {
        int failures = 0;
        while (!data.IsEmpty)
        {
            int issued = 0, length = Chunk(address, data.Length);
            DebugFault fault = Point(address, mode);
            if (fault.Ok) fault = _port.ReadBlock(_ap, Drw, data[..length], ref issued);
            int moved = fault.Ok ? length : Math.Max(issued - 1, 0) * 4;
            if (fault.Ok) Moved(length);
            else if (!Again(fault, ref failures)) return At(fault, address + (uint)moved);
            address += (uint)moved;
            data = data[moved..];
        }
        return DebugFault.None;
    }

    private DebugFault WriteWords(uint address, ReadOnlySpan<byte> data, uint mode)
    {
        int failures = 0;
        while (!data.IsEmpty)
        {
            int done = 0, length = Chunk(address, data.Length);
            DebugFault fault = Point(address, mode);
            if (fault.Ok) fault = _port.WriteBlock(_ap, Drw, data[..length], ref done);
            if (fault.Ok) Moved(length);
            else if (!Again(fault, ref failures) || fault.Kind == FaultKind.ParityError && !Resume(address, ref done)) return At(fault, address + (uint)done * 4);
            address += (uint)done * 4;
            data = data[(done * 4)..];
        }
        return DebugFault.None;
    }

    /// <summary>A word that arrived garbled was acknowledged but not written, nor were those after it: TAR still points to it.</summary>
    private bool Resume(uint address, ref int done)
    {
        if (done == 0) return true;
        if (_port.ReadAp(_ap, Tar, out uint tar).Failed || tar - address > (uint)done * 4 || (tar & 3) != 0) return false;
        done = (int)(tar - address) >> 2;
        return true;
    }

    /// <summary>Up to three bytes at an end of a range.</summary>
    private DebugFault ReadPart(uint address, Span<byte> data)
    {
        if (_bytes) return ReadOne(address, data);
        Span<byte> word = stackalloc byte[4];
        DebugFault fault = ReadWords(address & ~3u, word, 2 | Single);
        word.Slice((int)(address & 3), data.Length).CopyTo(data);
        return fault;
    }

    private DebugFault WritePart(uint address, ReadOnlySpan<byte> data)
    {
        if (_bytes) return WriteOne(address, data);
        Span<byte> word = stackalloc byte[4];
        DebugFault fault = ReadWords(address & ~3u, word, 2 | Single);
        data.CopyTo(word.Slice((int)(address & 3), data.Length));
        return fault.Ok ? WriteWords(address & ~3u, word, 2 | Single) : fault;
    }

    /// <summary>One access of one or two bytes, in the lanes of its address.</summary>
    private DebugFault ReadOne(uint address, Span<byte> data)
    {
        uint value = 0;
        DebugFault fault;
        int failures = 0;
        do
        {
            fault = Point(address, (uint)(data.Length >> 1) | Single);
            if (fault.Ok) fault = _port.ReadAp(_ap, Drw, out value);
        }
        while (fault.Failed && Again(fault, ref failures));
        if (fault.Failed) return At(fault, address);
        Moved(data.Length);
        value >>= (int)(address & 3) * 8;
        data[0] = (byte)value;
        if (data.Length == 2) data[1] = (byte)(value >> 8);
        return DebugFault.None;
    }

    private DebugFault WriteOne(uint address, ReadOnlySpan<byte> data)
    {
        uint value = data.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(data) : data[0];
        DebugFault fault;
        int failures = 0;
        do
        {
            fault = Point(address, (uint)(data.Length >> 1) | Single);
            if (fault.Ok) fault = _port.WriteAp(_ap, Drw, value << (int)(address & 3) * 8);
        }
        while (fault.Failed && fault.Kind != FaultKind.ParityError && Again(fault, ref failures));
        if (fault.Failed) return At(fault, address);
        Moved(data.Length);
        return DebugFault.None;
    }

    private static int Chunk(uint address, int length) => Math.Min(length, (int)(IncrementWindow - (address & IncrementWindow - 1)));

    /// <summary>CSW and TAR for the next access.</summary>
    private DebugFault Point(uint address, uint mode)
    {
        if (_epoch != _port.Epoch) _cswKnown = _tarKnown = false;
        _epoch = _port.Epoch;
        uint csw = _cswBase | mode;
        DebugFault fault = DebugFault.None;
        if (!_cswKnown || csw != _csw) fault = _port.WriteAp(_ap, Csw, csw);
        if (fault.Ok && (!_tarKnown || address != _tar)) fault = _port.WriteAp(_ap, Tar, address);
        (_csw, _tar) = (csw, address);
        _cswKnown = _tarKnown = fault.Ok;
        return fault;
    }

    /// <summary>The access port has counted TAR up; at the end of its window it may have wrapped.</summary>
    private void Moved(int length)
    {
        _tar += (uint)length;
        if ((_tar & IncrementWindow - 1) == 0) _tarKnown = false;
    }

    /// <summary>Whether a failure was the wire's, so that what was not acknowledged can be repeated.</summary>
    private static bool Again(DebugFault fault, ref int failures) => fault.Kind is FaultKind.ProtocolError or FaultKind.ParityError && ++failures < Attempts;

    private static DebugFault At(DebugFault fault, uint address) =>
        fault.Kind is FaultKind.WaitTimeout ? new(fault.Kind, address, fault.Detail) : fault;
}
