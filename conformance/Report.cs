namespace SharpProbe.Conformance;

/// <summary>What the user reads: a line a case, what was asked and answered where it failed, counts.</summary>
static class Report
{
    public static string About(IDapTransport transport, ProbeFacts p)
    {
        string target = p.DebugPort == 0 ? "no target answers over SWD" : $"DPIDR {p.DebugPort:X8}, memory at {p.Ram:X8}, {p.RamSize} bytes, {(p.Hole is { } hole ? $"bus error at {hole:X8}" : "no bus error found")}";
        string chain = p.Chain.Length == 0 ? "" : $"\nJTAG      {string.Join(' ', p.Chain.Select(id => id.ToString("X8")))}";
        return $"probe     {p.Name} {p.Serial}, CMSIS-DAP {p.Version}, by {transport.Name}\nclaims    {p.Claims}; {p.PacketCount} packets of {p.PacketSize} bytes{(p.TimerHertz == 0 ? "" : $"; timer at {p.TimerHertz} Hz")}\ntarget    {target}{chain}";
    }

    public static string Line(CaseResult result)
    {
        string verdict = result.Verdict switch { Verdict.Pass => "pass", Verdict.None => "none", _ => result.OnlyStrict ? "FAIL (strict)" : "FAIL" };
        string level = result.Case.Level == Level.Strict ? " [strict]" : "";
        string line = $"{verdict}  {result.Case.Section}: {result.Case.Name}{level}";
        if (result.Verdict == Verdict.None) return $"{line} ({result.Why})";
        if (result.Verdict == Verdict.Pass) return line;
        return $"{line}\n      {result.Why}\n{string.Join('\n', result.Last.Select(exchange => "      " + exchange.ToString().Replace("\n", "\n      ")))}";
    }

    public static string Summary(IReadOnlyCollection<CaseResult> results)
    {
        var text = new System.Text.StringBuilder();
        text.AppendLine($"{"",-32}{"pass",6}{"FAIL",6}{"none",6}   {"strict: pass",12}{"FAIL",6}{"none",6}");
        foreach (var group in results.GroupBy(result => result.Case.Section).Select(group => (group.Key, Rows: group.ToArray())).Append(("all", results.ToArray())))
        {
            int Count(Level level, Verdict verdict) => group.Item2.Count(result => result.Case.Level == level && result.Verdict == verdict);
            text.AppendLine($"{group.Item1,-32}{Count(Level.Must, Verdict.Pass),6}{Count(Level.Must, Verdict.Fail),6}{Count(Level.Must, Verdict.None),6}   {Count(Level.Strict, Verdict.Pass),12}{Count(Level.Strict, Verdict.Fail),6}{Count(Level.Strict, Verdict.None),6}");
        }
        return text.ToString().TrimEnd();
    }
}
