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
    private const uint Least = 8 * 1024, Large = 64 * 1024, Most = 256 * 1024;

    /// <summary>KB/s from which on a part is given <see cref="Large"/>: gdb's load contains two resets, some 20 ms.</summary>
    private const double Fast = 25;
    private const string Begin = "<!-- table -->", End = "<!-- end -->";

    /// <param name="only">Targets whose rows are made anew; none: all.</param>
    public static void Measure(string board, string document, IReadOnlyCollection<string> only)
    {
        string before = File.ReadAllText(document);
        var text = new StringBuilder("\n| target on the bench | our gdb server says | other drivers that program it | gdb's load, KB/s | the part allows, KB/s | share |\n|---|---|---|---|---|---|\n");
        foreach (var target in TargetList.All) text.Append(only.Count == 0 || only.Contains(target.Name) ? Row(board, target) : Kept(before, target));
        Replace(document, before, text.ToString());
    }

    private static string Kept(string document, TargetEntry target) => Regex.Match(document, $@"^\| {Regex.Escape(target.Name)}: .*\n", RegexOptions.Multiline).Value;

    private static string Row(string board, TargetEntry target)
    {
        Console.WriteLine(target.Name);
        string foreign = ForeignDriver.Of(target.Name), start = $"| {target.Name}: {target.Words} ";
        try
        {
            using var session = new GdbSession(board, target.Name);
            Match name = Regex.Match(session.Say("monitor targets"), @"^\W*1\W+(.*)$", RegexOptions.Multiline);
            string driver = name.Success ? name.Groups[1].Value.Trim() : "";
            var regions = Regions(session.Say("info mem"));
            if (regions.Count == 0) return $"{start}| {driver}: no flash driver | {foreign} | | | |\n";
            // Where TrustZone is on, the first may be nobody's.
            var region = driver.Contains("TrustZone", StringComparison.Ordinal) ? regions[^1] : regions[0];
            var (speed, limit) = Load(session, region, Length(region, Least));
            if (limit > Fast) (speed, limit) = Load(session, region, Length(region, Large));
            return limit == 0 ? $"{start}| {driver} | {foreign} | {Show(speed)} | | |\n" : $"{start}| {driver} | {foreign} | {Show(speed)} | {Show(limit)} | {(speed / limit).ToString("P0", CultureInfo.InvariantCulture)} |\n";
        }
        catch (Exception e) when (e is IOException or BenchStop or TimeoutException)
        {
            Console.WriteLine(e.Message);
            return $"{start}| fails | {foreign} | | | |\n";
        }
    }

    /// <summary>The first block stays empty where there are more: its vectors, or bytes beside them, mean something to some parts.</summary>
    private static uint Length((uint Start, uint Size, uint Block) region, uint wanted) =>
        Math.Min(Math.Clamp(region.Block, wanted, Most), Math.Max(region.Size - region.Block, region.Block));

    /// <summary>KB/s of gdb's load, and what the part allows; 0: its model does not tell.</summary>
    private static (double Speed, double Limit) Load(GdbSession session, (uint Start, uint Size, uint Block) region, uint length)
    {
        byte[] data = new byte[length];
        new Random(3).NextBytes(data);
        string image = session.File($"flash{length}.srec");
        SRecord.Write(image, region.Start + (region.Size - length) / region.Block * region.Block, data);
        session.Say($"exec-file {image}");
        session.Log.Clear();
        session.Rig.Paused(session.Rig.Target.ForgetFlashOperations);
        string loaded = session.Say("load");
        double own = session.Rig.Target.FlashOperations.Sum / 1e15;
        string compared = session.Say("compare-sections");
        if (!compared.Contains("matched", StringComparison.Ordinal) || compared.Contains("MIS-MATCHED", StringComparison.Ordinal)) throw new IOException($"what is in flash is not what was loaded: {loaded}\n{compared}");
        return (Speed.OfFlashLoad(session.Log.Packets, length).KilobytesPerSecond, own == 0 ? 0 : length / 1e3 / own);
    }

    private static string Show(double value) => value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    /// <summary>The flash of gdb's "info mem".</summary>
    private static List<(uint Start, uint Size, uint Block)> Regions(string text)
    {
        return [.. Regex.Matches(text, @"(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s+flash blocksize (0x[0-9a-f]+)").Select(match => (Number(match, 1), Number(match, 2) - Number(match, 1), Number(match, 3)))];
        static uint Number(Match match, int group) => Convert.ToUInt32(match.Groups[group].Value, 16);
    }

    private static void Replace(string document, string text, string table)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new UsageError($"{document}: there is no {Begin} before {End}");
        File.WriteAllText(document, text[..(begin + Begin.Length)] + table + text[end..]);
    }
}
