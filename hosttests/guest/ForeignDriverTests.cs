using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using SharpProbe.Build;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Guest;

/// <summary>What docs/flash.md says of other people's drivers is what the tests in the guest show.</summary>
public class ForeignDriverTests
{
    [Fact]
    public void Each_driver_of_the_table_has_a_test_that_runs_it()
    {
        var shown = typeof(ForeignDriverTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).SelectMany(Shown).ToHashSet();
        Assert.Empty(ForeignDriver.All.Select(d => $"{d.Tool}, {d.Target}").Except(shown));
        Assert.Empty(shown.Except(ForeignDriver.All.Select(d => $"{d.Tool}, {d.Target}")));
    }

    [Fact]
    public void Each_simulated_target_has_somebody_elses_driver_or_a_reason_why_not() =>
        Assert.Equal(TargetList.All.Select(t => t.Name).Order(), ForeignDriver.All.Select(d => d.Target).Distinct().Concat(ForeignDriver.Without.Keys).Order());

    /// <summary>./build.sh bench --only flash writes it.</summary>
    [Fact]
    public void The_table_in_docs_has_a_measured_row_for_each_simulated_target()
    {
        string table = File.ReadAllText(Path.Combine(Repository.Root, "docs/flash.md"));
        Assert.Equal("", string.Join(", ", TargetList.All.Where(t => !Regex.IsMatch(table, $@"^\| {Regex.Escape($"{t.Name}: {t.Words}")} \| [^|]+ \| {Regex.Escape(ForeignDriver.Of(t.Name))} \| [\d.]+ \| [\d.]+ \| \d+ % \|$", RegexOptions.Multiline)).Select(t => t.Name)));
    }

    [Fact]
    public void Each_target_of_the_table_is_on_the_bench() => Assert.All(ForeignDriver.All, d => TargetList.Find(d.Target));

    private static IEnumerable<string> Shown(MethodInfo test)
    {
        if (test.GetCustomAttribute<AcceptsAttribute>() is not { } accepts) return [];
        Assert.True(test.GetCustomAttribute<FactAttribute>() is not null, $"{test.Name} is no test");
        IEnumerable<string> targets = accepts.Targets.Count > 0 ? accepts.Targets : Data(test);
        return targets.Select(target => $"{accepts.Tool}, {target}");
    }

    private static IEnumerable<string> Data(MethodInfo test)
    {
        string member = test.GetCustomAttribute<MemberDataAttribute>()!.MemberName;
        var rows = (IEnumerable)test.DeclaringType!.GetProperty(member, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        foreach (object[] row in rows) yield return (string)row[0];
    }
}
