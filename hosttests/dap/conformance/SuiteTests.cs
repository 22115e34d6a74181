using SharpProbe.Conformance;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Dap.Conformance;

/// <summary>The suite itself: probes with faults that real ones had do not pass.</summary>
public class SuiteTests
{
    /// <summary>The fault, a section whose cases must find it, the fault itself.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "counts the item that failed", "DAP_Transfer" },
        { "takes 0 bits of a sequence for none", "DAP_SWJ_Sequence" },
        { "answers an unknown command with its id", "CMSIS-DAP Commands" },
        { "leaves the last word of a block out", "DAP_TransferBlock" },
        { "knows no ids in DAP_Info beyond those with a number", "DAP_Info" },
        { "says that a mismatch was a match", "DAP_Transfer" },
        { "gives a time stamp behind the data", "DAP_Transfer: TD_TimeStamp" },
        { "keeps a queued packet's answer", "DAP_QueueCommands" },
        { "has a byte too many in each answer", "DAP_TransferAbort" },
        { "gives an answer to another question now and then", "DAP_Info: Packet Count" },
        { "connects to any port", "DAP_Connect" },
        { "loses the sticky error of a write", "DAP_Transfer" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_probe_with_a_fault_does_not_pass(string fault, string section)
    {
        var rig = new DapRig();
        rig.Rig.Nets.ConflictStops = false;
        using var transport = new FaultyTransport(new EngineTransport(rig, 64, hid: false), Fault(fault));
        var suite = new Suite(transport, new() { Ram = RamBus.Start });
        suite.Look();
        var results = suite.Run(section + ":", _ => { });
        Assert.Contains(results, result => result.Case.Section == section && result.Verdict == Verdict.Fail && result.Case.Level == Level.Must);
    }

    private static Func<byte[], byte[], byte[]?> Fault(string fault)
    {
        int asked = 0;
        return fault switch
        {
            "counts the item that failed" => (q, a) => a.Length > 2 && a[0] == 5 && (a[2] & 4) != 0 && a[2] != 7 ? [5, (byte)(a[1] + 1), .. a[2..]] : a,
            "takes 0 bits of a sequence for none" => (q, a) => q is [0x7F, 2, 0x12, 0, ..] ? [0x7F, 2, 0x12, 0, 0xFF] : a,
            "answers an unknown command with its id" => (q, a) => a is [0xFF] ? [q[0], 0xFF] : a,
            "leaves the last word of a block out" => (q, a) => a.Length > 8 && a[0] == 6 ? a[..^4] : a,
            "knows no ids in DAP_Info beyond those with a number" => (q, a) => q[0] == 0 && q.Length > 1 && q[1] is > 9 and < 0xF0 ? [0xFF] : a,
            "says that a mismatch was a match" => (q, a) => a.Length > 2 && a[0] == 5 && a[2] == 0x11 ? [5, a[1], 1, .. a[3..]] : a,
            "gives a time stamp behind the data" => (q, a) => q is [5, _, 1, 0x82] && a.Length == 11 ? [.. a[..3], .. a[7..], .. a[3..7]] : a,
            "keeps a queued packet's answer" => (q, a) => q[0] == 0x7E ? null : a,
            "has a byte too many in each answer" => (q, a) => [.. a, 7],
            "gives an answer to another question now and then" => (q, a) => q is [0, 0xFE] && ++asked % 10 == 0 ? [0, 2, 64, 0] : a,
            "connects to any port" => (q, a) => q[0] == 2 && q.Length > 1 ? [2, (byte)(q[1] == 0 ? 1 : q[1])] : a,
            "loses the sticky error of a write" => (q, a) => q.Length > 12 && q[0] == 5 && q[2] == 2 && q[8] == 0x0D && a.Length > 2 && a[2] == 4 ? [5, 2, 1] : a,
            _ => throw new ArgumentException(fault),
        };
    }
}
