using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>CDC-ACM functions (CDC 1.2 and PSTN 1.2).</summary>
internal static class CdcChecks
{
    private const byte Communication = 2, AbstractControl = 2, CdcData = 10, SendBreak = 0x23;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    public static readonly UsbCheck[] Rows =
    [
        new("PSTN 1.2, 6.3.10", "every usual line coding is taken and told again", Codings, Has),
        new("PSTN 1.2, 6.3.11", "GET_LINE_CODING comes at every wLength", CodingLengths, Has),
        new("PSTN 1.2, 6.3.10", "SET_LINE_CODING of a wrong length ends, and changes nothing that 7 bytes did not say", WrongLengths, Has),
        new("PSTN 1.2, 6.3.10", "line codings that make no sense end", Nonsense, Has),
        new("USB 2.0, 8.5.3", "a SETUP in the middle of SET_LINE_CODING's data leaves the old coding or the new one", CutCoding, Has),
        new("PSTN 1.2, 6.3.12", "SET_CONTROL_LINE_STATE takes all four states", Lines, Has),
        new("PSTN 1.2, 6.3.13", "SEND_BREAK is taken where bmCapabilities says so, and stalls where not", Breaks, Has),
        new("USB 2.0, 9.2.7", "class requests that do not exist stall", Unknown, Has),
        new("USB 2.0, 9.2.7", "class requests in the wrong direction, to the data interface and to the device stall", Misdirected, Has),
        new("USB 2.0, 9.4", "class requests to a device that is not configured stall", Unconfigured, Has),
    ];

    private static bool Has(UsbExaminer e) => Controls(e).Any();

    private static IEnumerable<int> Controls(UsbExaminer e) => e.Of(Communication, AbstractControl).Select(i => i.Number);

    private static async HostTask<bool> Codings(UsbExaminer e)
    {
        CdcLine[] lines = [new(300), new(9600), new(115_200), new(921_600, 2, 1, 7), new(3_000_000), new(4_000_000_000, 0, 2)];
        foreach (int i in Controls(e))
            foreach (var line in lines.Append(CdcLine.AtProbe))
            {
                await e.Good(CdcLine.SetCoding(i), line.ToBytes());
                await e.Expect(CdcLine.GetCoding(i), line.ToBytes());
            }
        return true;
    }

    private static async HostTask<bool> CodingLengths(UsbExaminer e)
    {
        foreach (int i in Controls(e)) await e.EveryLength(CdcLine.GetCoding(i));
        return true;
    }

    private static async HostTask<bool> WrongLengths(UsbExaminer e)
    {
        foreach (int i in Controls(e))
        {
            await e.Good(CdcLine.SetCoding(i), CdcLine.AtProbe.ToBytes());
            foreach (ushort length in (ushort[])[0, 1, 6, 8, 63, 64, 65, 128, 512, 513, 4096, 0xFFFF])
            {
                var t = await e.Ends(CdcLine.SetCoding(i) with { Length = length }, new byte[length]);
                if (!t.IsOk) await e.Expect(CdcLine.GetCoding(i), CdcLine.AtProbe.ToBytes());
            }
            await e.Good(CdcLine.SetCoding(i), CdcLine.AtProbe.ToBytes());
        }
        return true;
    }

    private static async HostTask<bool> Nonsense(UsbExaminer e)
    {
        CdcLine[] lines = [new(0), new(9600, 3), new(9600, 255), new(9600, 0, 5), new(9600, 0, 255), new(9600, 0, 0, 0), new(9600, 0, 0, 4), new(9600, 0, 0, 9), new(9600, 0, 0, 255), new(uint.MaxValue, 255, 255, 255)];
        foreach (int i in Controls(e))
        {
            foreach (var line in lines)
            {
                var before = await e.Ask(CdcLine.GetCoding(i));
                var set = await e.Ends(CdcLine.SetCoding(i), line.ToBytes());
                await e.Expect(CdcLine.GetCoding(i), set.IsOk ? line.ToBytes() : before.Data.ToArray());
            }
            await e.Good(CdcLine.SetCoding(i), CdcLine.AtProbe.ToBytes());
        }
        return true;
    }

    private static async HostTask<bool> CutCoding(UsbExaminer e)
    {
        byte[] old = CdcLine.AtProbe.ToBytes(), other = new CdcLine(57_600, 2, 2, 7).ToBytes();
        int i = Controls(e).First();
        ulong end = e.Host.Speed == UsbSpeed.High ? 30u : 150u, step = e.Host.Speed == UsbSpeed.High ? 1u : 5u;
        for (ulong after = 0; after < end; after += step)
        {
            await e.Good(CdcLine.SetCoding(i), old);
            await e.CutShort(CdcLine.SetCoding(i), after * Microsecond, other);
            var t = await e.Ask(CdcLine.GetCoding(i));
            e.Require(t.IsOk && (t.Data.SequenceEqual(old) || t.Data.SequenceEqual(other)), $"{t.Setup}: {t.Status} {Convert.ToHexString(t.Data)}, neither the old coding nor the new one");
        }
        return await e.Good(CdcLine.SetCoding(i), old);
    }

    private static async HostTask<bool> Lines(UsbExaminer e)
    {
        foreach (int i in Controls(e))
            foreach (int state in (int[])[1, 2, 3, 0, 3, 0]) await e.Good(CdcLine.SetControlLineState(i, (state & 1) != 0, (state & 2) != 0));
        return true;
    }

    private static async HostTask<bool> Breaks(UsbExaminer e)
    {
        foreach (var i in e.Of(Communication, AbstractControl))
        {
            bool has = i.Functional.Any(f => f is [_, _, 2, var capabilities, ..] && (capabilities & 4) != 0);
            foreach (ushort duration in (ushort[])[1, 100, 0xFFFF, 0])
            {
                var setup = new UsbSetup(Class | Interface, SendBreak, duration, (ushort)i.Number, 0);
                if (has) await e.Good(setup);
                else await e.Stalls(setup);
            }
        }
        return true;
    }

    /// <summary>SEND_ENCAPSULATED_COMMAND and its response are left out: PSTN 1.2 wants them, and no modem without AT commands has them.</summary>
    private static async HostTask<bool> Unknown(UsbExaminer e)
    {
        foreach (int i in Controls(e))
            for (int request = 2; request <= 255; request++)
            {
                if (request is >= 0x20 and <= SendBreak) continue;
                await e.Stalls(new(In | Class | Interface, (byte)request, 0, (ushort)i, 8));
                await e.Stalls(new(Class | Interface, (byte)request, 0, (ushort)i, 0));
            }
        return true;
    }

    private static async HostTask<bool> Misdirected(UsbExaminer e)
    {
        foreach (int i in Controls(e))
        {
            await e.Stalls(CdcLine.SetCoding(i) with { RequestType = In | Class | Interface });
            await e.Stalls(CdcLine.GetCoding(i) with { RequestType = Class | Interface });
            await e.Stalls(CdcLine.SetControlLineState(i, false, false) with { RequestType = In | Class | Interface, Length = 1 });
            await e.Stalls(CdcLine.GetCoding(i) with { Index = (ushort)(0x100 | i) });
            await e.Stalls(CdcLine.GetCoding(i) with { RequestType = In | Class | Endpoint });
            await e.Stalls(CdcLine.GetCoding(i) with { RequestType = In | Class | Device });
        }
        foreach (int i in e.Of(CdcData, 0).Select(i => i.Number).Append(99))
        {
            await e.Stalls(CdcLine.GetCoding(i));
            await e.Stalls(CdcLine.SetControlLineState(i, true, true));
        }
        return true;
    }

    private static async HostTask<bool> Unconfigured(UsbExaminer e)
    {
        await e.Good(new(Device, UsbSetup.SetConfiguration, 0, 0, 0));
        foreach (int i in Controls(e))
        {
            await e.Stalls(CdcLine.GetCoding(i));
            await e.Stalls(CdcLine.SetCoding(i));
            await e.Stalls(CdcLine.SetControlLineState(i, true, true));
        }
        await e.Good(new(Device, UsbSetup.SetConfiguration, (ushort)e.Configuration.Value, 0, 0));
        e.Anew();
        return true;
    }
}
