using System;
using SharpProbe.Io;
using SharpProbe.Usb;

namespace SharpProbe.Dfu;

/// <summary>The boot loader on the bus: the ids of ST's own in ROM, for which every DFU program has its rules and drivers; the name says whose it is.</summary>
public sealed class BootIdentity : UsbIdentity
{
    private readonly byte[] _name = new byte[48];
    private readonly int _length;

    public BootIdentity(ReadOnlySpan<byte> board)
    {
        var to = new ByteWriter(_name);
        to.Write("SharpProbe boot loader "u8);
        to.Write(board);
        _length = to.Written.Length;
    }

    public override ushort Vendor => 0x0483;
    public override ushort Product => 0xDF11;
    public override ushort Release => 0x0100;
    public override ReadOnlySpan<byte> Manufacturer => "SharpProbe"u8;
    public override ReadOnlySpan<byte> ProductName(bool high) => _name.AsSpan(0, _length);
    public override ReadOnlySpan<byte> Configuration(bool high) => "DFU"u8;
}
