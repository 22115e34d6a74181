using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace SharpProbe.Conformance;

/// <summary>The part of the command line that is the same wherever the probe is.</summary>
public sealed class SuiteOptions
{
    private readonly Option<string> _ram = new("--ram") { Description = "The target's memory that may be written: ADDRESS:SIZE", DefaultValueFactory = _ => "0x20000000:4096" };
    private readonly Option<string?> _hole = new("--hole") { Description = "An address that the target's bus answers with an error; else some are tried" };
    private readonly Option<uint> _clock = new("--clock") { Description = "SWCLK and TCK in Hz", DefaultValueFactory = _ => 1_000_000 };
    private readonly Option<int> _ir = new("--ir") { Description = "Bits of the instruction register of the JTAG chain's first device", DefaultValueFactory = _ => 4 };
    private readonly Option<string?> _filter = new("--filter") { Description = "Only cases whose section or name has this in it" };
    private readonly Option<bool> _strict = new("--strict") { Description = "Fail for strict cases too: where the specification is silent and we are not" };
    private readonly Option<bool> _vendor = new("--vendor") { Description = "Try vendor commands 80 to 9F too, which may do anything" };
    private readonly Option<int> _random = new("--random") { Description = "Send so many random bytes too, which may do anything to the target" };
    private readonly Option<bool> _brief = new("--brief") { Description = "Only lines of cases that fail" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _ram, _hole, _clock, _ir, _filter, _strict, _vendor, _random, _brief }) command.Add(option);
    }

    /// <summary>Runs the list; returns the exit code: 0 all pass, 1 some fail, 2 there is no probe to talk to.</summary>
    public int Run(ParseResult parsed, Func<IDapTransport> open)
    {
        ProbeFacts probe = new()
        {
            Clock = parsed.GetValue(_clock), InstructionBits = parsed.GetValue(_ir), TryVendor = parsed.GetValue(_vendor), RandomBytes = parsed.GetValue(_random),
            Hole = parsed.GetValue(_hole) is { } hole ? Number(hole) : null,
        };
        string[] ram = parsed.GetValue(_ram)!.Split(':');
        (probe.Ram, probe.RamSize) = (Number(ram[0]), ram.Length > 1 ? (int)Number(ram[1]) : 4096);
        if (probe.RamSize < 1024 || probe.Ram % 1024 != 0) throw new FormatException("--ram: at least 1024 bytes, from a multiple of 1024");
        bool brief = parsed.GetValue(_brief), strict = parsed.GetValue(_strict);
        try
        {
            using IDapTransport transport = open();
            var suite = new Suite(transport, probe);
            suite.Look();
            Console.WriteLine(Report.About(transport, probe));
            var watch = Stopwatch.StartNew();
            TimeSpan start = transport.Now;
            List<CaseResult> results = suite.Run(parsed.GetValue(_filter), result =>
            {
                if (!brief || result.Verdict == Verdict.Fail) Console.WriteLine(Report.Line(result));
            });
            Console.WriteLine(Report.Summary(results));
            int must = results.Count(result => result.Verdict == Verdict.Fail && !result.OnlyStrict), only = results.Count(result => result.OnlyStrict);
            Console.WriteLine(FormattableString.Invariant($"{results.Count} cases in {watch.Elapsed.TotalSeconds:F1} s, the probe's time {(transport.Now - start).TotalSeconds:F1} s: {must} fail, {only} strict ones fail, {results.Count(result => result.Verdict == Verdict.None)} do not concern this probe or could not be run"));
            return must > 0 || strict && only > 0 ? 1 : 0;
        }
        catch (TransportLost lost)
        {
            Console.Error.WriteLine(lost.Message);
            return 2;
        }
    }

    private static uint Number(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : uint.Parse(text, CultureInfo.InvariantCulture);
}
