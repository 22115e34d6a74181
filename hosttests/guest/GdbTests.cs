using SharpProbe.Tests.EndToEnd;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>gdb, in a Linux computer, with a probe on its USB and an STM32F103 at the probe.</summary>
[Collection(UsbGuestCollection.Name)]
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

    [GuestTheory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void The_cable_may_be_pulled_while_gdb_loads_and_the_next_gdb_finds_all_in_order(string board) => With(board, probe =>
    {
        string elf = Guest.Send("demo.elf", File.ReadAllBytes(GdbSession.Program));
        string load = $"gdb-multiarch -nx -batch -ex 'set confirm off' -ex 'target extended-remote /dev/ttyBmpGdb' -ex 'monitor swdp_scan' -ex 'attach 1' -ex load -ex compare-sections {elf}";
        foreach (uint written in new[] { 0x0800_0000u, 0x0800_4000u })
        {
            Guest.Run($"rm -f /run/gdb.log; (timeout 30 {load} > /run/gdb.log 2>&1; echo ended >> /run/gdb.log) > /dev/null 2>&1 &");
            // Not before some of the program is in the target's flash.
            probe.Until(() => probe.Target.Core.DebugPortRead(written, 4, out uint word) && word != ~0u, "gdb does not load");
            probe.Unplug();
            Assert.Equal("ended\n", Guest.Run("for i in $(seq 200); do grep -qs ended /run/gdb.log && break; sleep 0.1; done; tail -n 1 /run/gdb.log", 40).Good);
            WaitUntilGone(probe);
            probe.Plug();
            WaitForPorts(probe);
        }
        string said = Guest.Run(load, 60).Good;
        Assert.Contains("Transfer rate:", said);
        Assert.DoesNotContain("MIS-MATCHED", said);
        Assert.Matches("Section .text.*: matched\\.", said);
    });
}
