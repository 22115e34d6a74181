using SharpProbe.Tests.EndToEnd;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>gdb, in a Linux computer, with a probe on its USB and an STM32F103 at the probe.</summary>
[Collection(GuestCollection.Name)]
public sealed class GdbTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    [GuestTheory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Gdb_loads_a_program_over_the_probes_port_verifies_it_and_stops_at_a_breakpoint(string board) => With(board, _ =>
    {
        string elf = Guest.Send("demo.elf", File.ReadAllBytes(GdbSession.Program));
        string[] commands =
        [
            "target extended-remote /dev/ttyBmpGdb", "monitor swdp_scan", "attach 1", "load", "compare-sections", "break app_SharpProbe_Demo_Score__Count", "continue", "backtrace", "detach",
        ];
        var session = Guest.Run($"gdb-multiarch -nx -batch -ex 'set confirm off' {string.Concat(commands.Select(c => $" -ex '{c}'"))} {elf}", 60);
        output.WriteLine($"{session.Took.TotalSeconds:F1} s\n{session.Text}");
        string said = session.Good;
        Assert.Contains("STM32F1", said);
        Assert.Contains("Transfer rate:", said);
        Assert.Matches("Section .text.*: matched\\.", said);
        Assert.Matches("Breakpoint 1, .*Score__Count", said);
        Assert.DoesNotContain("MIS-MATCHED", said);
    });
}
