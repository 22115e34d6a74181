using System.Buffers.Binary;
using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>Microsoft OS 2.0 descriptors: a platform capability of the BOS names the vendor request that fetches them (Microsoft OS 2.0 Descriptors Specification).</summary>
internal static class MicrosoftChecks
{
    private const int Capability = 16, Platform = 5, Header = 20, SetInformation = 8;
    private const ushort DescriptorIndex = 7, AlternateEnumeration = 8;

    /// <summary>D8DD60DF-4589-4CC7-9CD2-659D9E648A9F.</summary>
    private static readonly byte[] s_id = new Guid("D8DD60DF-4589-4CC7-9CD2-659D9E648A9F").ToByteArray();

    public static readonly UsbCheck[] Rows =
    [
        new("MS OS 2.0, table 4", "the descriptor set is as long as the BOS says, at every wLength", Set, Has),
        new("MS OS 2.0, table 10", "the descriptors in the set fill it exactly, and name interfaces that exist", Contents, Has),
        new("MS OS 2.0, table 8", "the vendor request with another wIndex or wValue, or to the device, stalls", Others, Has),
        new("USB 2.0, 9.2.7", "vendor requests that do not exist stall", Unknown),
    ];

    private static bool Has(UsbExaminer e) => Find(e.Host.Identity.Bos) is not null;

    /// <summary>Vendor code and length of the set, of the platform capability's first version.</summary>
    private static (byte Code, int Length, byte Alternate)? Find(byte[] bos)
    {
        for (int at = 5; at + 2 < bos.Length && bos[at] > 2; at += bos[at])
        {
            var item = bos.AsSpan(at, Math.Min(bos[at], bos.Length - at));
            if (item[1] == Capability && item[2] == Platform && item.Length >= Header + SetInformation && item.Slice(4, 16).SequenceEqual(s_id))
                return (item[Header + 6], BinaryPrimitives.ReadUInt16LittleEndian(item[(Header + 4)..]), item[Header + 7]);
        }
        return null;
    }

    private static UsbSetup Get(UsbExaminer e) => new(In | Vendor, Find(e.Host.Identity.Bos)!.Value.Code, 0, DescriptorIndex, 0xFFFF);

    private static async HostTask<bool> Set(UsbExaminer e)
    {
        var t = await e.Ask(Get(e));
        int due = Find(e.Host.Identity.Bos)!.Value.Length;
        e.Require(t.IsOk && t.Done == due, $"{t.Setup}: {t.Status}, {t.Done} bytes; the BOS says {due}");
        return await e.EveryLength(Get(e));
    }

    private static async HostTask<bool> Contents(UsbExaminer e)
    {
        var t = await e.Ask(Get(e));
        byte[] set = t.Data.ToArray();
        int Word(int at) => at + 2 <= set.Length ? BinaryPrimitives.ReadUInt16LittleEndian(set.AsSpan(at)) : -1;
        e.Require(set.Length >= 10 && Word(0) == 10 && Word(2) == 0 && Word(8) == set.Length, $"the set's header: {Convert.ToHexString(set.AsSpan(0, Math.Min(10, set.Length)))}");
        int at = 0;
        while (at < set.Length)
        {
            int length = Word(at), type = Word(at + 2);
            if (length < 4 || at + length > set.Length)
            {
                e.Require(false, $"the descriptor at byte {at} of the set says it is {length} bytes long");
                break;
            }
            // Function subset header: bFirstInterface at 4, wSubsetLength at 6.
            if (type == 2) e.Require(length == 8 && e.Interfaces.Contains(set[at + 4]) && at + Word(at + 6) <= set.Length, $"the function subset at byte {at}: interface {set[at + 4]}, {Word(at + 6)} bytes");
            e.Require(type is >= 0 and <= 8, $"the descriptor at byte {at} of the set has type {type}");
            at += length;
        }
        return true;
    }

    private static async HostTask<bool> Others(UsbExaminer e)
    {
        var get = Get(e);
        bool alternate = Find(e.Host.Identity.Bos)!.Value.Alternate != 0;
        foreach (ushort index in (ushort[])[0, 1, 4, 5, 6, AlternateEnumeration, 9, 0xFF, 0xFFFF])
            if (index != AlternateEnumeration || !alternate) await e.Stalls(get with { Index = index, Length = 64 });
        await e.Stalls(get with { RequestType = Vendor, Length = 0 });
        await e.Stalls(get with { RequestType = Vendor, Length = 10 });
        await e.Ends(get with { Value = 1 });
        return true;
    }

    private static async HostTask<bool> Unknown(UsbExaminer e)
    {
        int known = Find(e.Host.Identity.Bos)?.Code ?? -1;
        for (int request = 0; request <= 255; request++)
        {
            if (request == known) continue;
            foreach (byte recipient in (byte[])[Device, Interface]) await e.Stalls(new((byte)(In | Vendor | recipient), (byte)request, 0, 0, 16));
            await e.Stalls(new(Vendor, (byte)request, 0, 0, 0));
            await e.Stalls(new(Vendor, (byte)request, 0, 0, 64));
        }
        return true;
    }
}
