using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>
/// docs/flash.md's table: a real gdb has the firmware on the bench load and compare an image in each simulated target. What the part itself would need is the sum of the times that its model's
/// flash was at work.
/// </summary>
internal static class FlashTable
{
    private const int Least = 8 * 1024, Most = 256 * 1024;
    private const string Begin = "<!-- table -->", End = "<!-- end -->";

    public static void Measure(string board, string document)
    {
        var text = new StringBuilder("\n| target on the bench | our gdb server says | other drivers that program it | gdb's load, KB/s | the part allows, KB/s | share |\n|---|---|---|---|---|---|\n");
        foreach (var target in TargetList.All) text.Append(Row(board, target));
        Replace(document, text.ToString());
    }

    private static string Row(string board, TargetEntry target)
    {
        Console.WriteLine(target.Name);
        string foreign = ForeignDriver.Of(target.Name), start = $"| {target.Name}: {target.Words} ";
        try
        {
            using var session = new GdbSession(board, target.Name);
            Match name = Regex.Match(session.Say("monitor targets"), @"^\W*1\W+(.*)$", RegexOptions.Multiline);
            string driver = name.Success ? name.Groups[1].Value.Trim() : "";
            if (Region(session.Say("info mem")) is not { } region) return $"{start}| {driver}: no flash driver | {foreign} | | | |\n";
            uint length = Math.Clamp(region.Block, Least, Most);
            length = Math.Min(length, region.Size);
            byte[] data = new byte[length];
            new Random(3).NextBytes(data);
            string image = session.File("flash.srec");
            SRecord.Write(image, region.Start + (region.Size - length) / region.Block * region.Block, data);
            session.Say($"exec-file {image}");
            session.Log.Clear();
            session.Rig.Paused(session.Rig.Target.ForgetFlashOperations);
            string loaded = session.Say("load");
            double own = session.Rig.Target.FlashOperations.Sum / 1e15;
            string compared = session.Say("compare-sections");
            if (!compared.Contains("matched", StringComparison.Ordinal) || compared.Contains("MIS-MATCHED", StringComparison.Ordinal)) throw new IOException($"what is in flash is not what was loaded: {loaded}\n{compared}");
            double speed = Speed.OfFlashLoad(session.Log.Packets, length).KilobytesPerSecond, limit = length / 1e3 / own;
            return own == 0 ? $"{start}| {driver} | {foreign} | {Show(speed)} | | |\n" : $"{start}| {driver} | {foreign} | {Show(speed)} | {Show(limit)} | {(speed / limit).ToString("P0", CultureInfo.InvariantCulture)} |\n";
        }
        catch (Exception e) when (e is IOException or BenchStop or TimeoutException)
        {
            Console.WriteLine(e.Message);
            return $"{start}| fails | {foreign} | | | |\n";
        }
    }

    private static string Show(double value) => value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    /// <summary>The first flash of gdb's "info mem".</summary>
    private static (uint Start, uint Size, uint Block)? Region(string text)
    {
        Match match = Regex.Match(text, @"(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s+flash blocksize (0x[0-9a-f]+)");
        if (!match.Success) return null;
        uint Number(int group) => Convert.ToUInt32(match.Groups[group].Value, 16);
        return (Number(1), Number(2) - Number(1), Number(3));
    }

    private static void Replace(string document, string table)
    {
        string text = File.ReadAllText(document);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new UsageError($"{document}: there is no {Begin} before {End}");
        File.WriteAllText(document, text[..(begin + Begin.Length)] + table + text[end..]);
    }
}
