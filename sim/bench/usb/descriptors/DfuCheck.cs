using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>A DFU interface, in run time or in DFU mode, and its functional descriptor (DFU 1.1, 4.1 and 4.2; 0x011A is DfuSe, AN3156).</summary>
internal static class DfuCheck
{
    private const int Size = 9, RunTime = 1, DfuMode = 2;

    public static void Run(UsbConfiguration configuration, UsbInterface dfu, int maxPacket0, UsbFindings findings)
    {
        void Require(bool good, string sentence) => findings.Require(good, $"DFU interface {dfu.Number}: {sentence}");

        Require(dfu.Protocol is RunTime or DfuMode, $"bInterfaceProtocol is {dfu.Protocol}; 1 in run time, 2 in DFU mode");
        Require(dfu.EndpointCount == 0, $"{dfu.EndpointCount} endpoints; everything goes through endpoint 0");
        if (dfu.Protocol == DfuMode) Require(configuration.Interfaces.All(i => i is { Class: 0xFE, SubClass: 1 }), "in DFU mode there is no other interface (4.2.1)");
        // One stands after the last of the alternate settings.
        var all = configuration.Interfaces.FindAll(i => i.Number == dfu.Number).SelectMany(i => i.Functional).Where(f => f[1] == UsbDescriptorType.Dfu).ToList();
        if (all.Count == 0 || all.Any(f => f.Length != Size))
        {
            Require(false, $"{(all.Count == 0 ? "no functional descriptor" : $"a functional descriptor of {all[0].Length} bytes")}; one of 9 is due (4.1.3)");
            return;
        }
        byte[] d = all[^1];
        int version = BinaryPrimitives.ReadUInt16LittleEndian(d.AsSpan(7)), transfer = BinaryPrimitives.ReadUInt16LittleEndian(d.AsSpan(5));
        Require((d[2] & 0xF0) == 0 || version == 0x011A && (d[2] & 0x70) == 0, $"bmAttributes is 0x{d[2]:X2}; bits 7 to 4 are reserved");
        Require((d[2] & 3) != 0, "it can neither download nor upload");
        Require(transfer >= maxPacket0, $"wTransferSize is {transfer}, less than bMaxPacketSize0 (4.1.3, 4.2.4)");
        Require(version is 0x0100 or 0x0101 or 0x0110 or 0x011A, $"bcdDFUVersion is 0x{version:X4}");
    }
}
