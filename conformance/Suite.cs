using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance;

/// <summary>Finds out what a probe is and has at its other end, and runs the list.</summary>
sealed class Suite(IDapTransport transport, ProbeFacts probe)
{
    /// <summary>Where buses give errors on one chip or the other; the first that does is taken.</summary>
    private static readonly uint[] s_holes = [0x3000_0000, 0x3F00_0000, 0x1E00_0000, 0x9000_0000, 0xF000_0000];

    /// <summary>Until the probe has told its own.</summary>
    private const int LargestPacket = 65535;

    private readonly Conversation _conversation = new(transport, probe);

    public ProbeFacts Probe => probe;

    /// <summary>Asks the probe about itself, then for a target.</summary>
    /// <exception cref="TransportLost">It does not answer at all.</exception>
    public void Look()
    {
        try
        {
            probe.PacketSize = LargestPacket;
            _conversation.Drain();
            byte[] size = _conversation.Ask("00 FF", "00 02 ??*2 .."), count = _conversation.Ask("00 FE", "00 01 ?? .."), claims = _conversation.Ask("00 F0", "00 01|02 ?? ..");
            (probe.PacketSize, probe.PacketCount) = (BitConverter.ToUInt16(size, 2), count[2]);
            transport.PacketSize = probe.PacketSize;
            probe.Claims = (Need)(claims[2] | (claims[1] == 2 ? claims[3] << 8 : 0)) & Need.Claims;
            byte[] timer = _conversation.Ask("00 F1");
            if (timer.Length >= 6 && timer[1] is 4 or 8) probe.TimerHertz = BitConverter.ToUInt32(timer, 2);
            (probe.Name, probe.Serial, probe.Version) = (Said(2), Said(3), Said(4));
        }
        catch (CaseFailed failure)
        {
            throw new TransportLost($"the probe does not answer DAP_Info: {failure.Message}\n{string.Join('\n', _conversation.Last)}");
        }
        if (probe.Claims.HasFlag(Need.Swd)) Try(() => Setup.For(_conversation, Need.Target));
        if (probe.DebugPort != 0 && probe.Hole is null) Try(FindHole);
        if (probe.Claims.HasFlag(Need.Jtag))
            Try(() =>
            {
                Setup.For(_conversation, Need.Tap);
                probe.Chain = Cases.JtagCases.Scan(_conversation);
            });
    }

    /// <summary>Runs what is on the list, in its order.</summary>
    /// <param name="filter">Part of a section or a name.</param>
    /// <param name="said">Told each result.</param>
    public List<CaseResult> Run(string? filter, Action<CaseResult> said)
    {
        List<CaseResult> results = [];
        foreach (Case @case in CaseList.For(probe))
        {
            if (filter is not null && !$"{@case.Section}: {@case.Name}".Contains(filter, StringComparison.OrdinalIgnoreCase)) continue;
            CaseResult result = Run(@case);
            results.Add(result);
            said(result);
        }
        Try(() => Setup.Rest(_conversation));
        return results;
    }

    private CaseResult Run(Case @case)
    {
        if (Missing(@case.Need) is { } missing) return new(@case, Verdict.None, missing, []);
        _conversation.Forget();
        try
        {
            try
            {
                Setup.For(_conversation, @case.Need);
            }
            catch (CaseFailed failure)
            {
                throw new CaseFailed($"before it begins: {failure.Message}");
            }
            @case.Run(_conversation);
            return new(@case, Verdict.Pass, "", []);
        }
        catch (CaseImpossible impossible)
        {
            return new(@case, Verdict.None, impossible.Message, []);
        }
        catch (Exception failure) when (failure is CaseFailed or IndexOutOfRangeException or ArgumentException)
        {
            CaseResult result = new(@case, Verdict.Fail, failure is CaseFailed ? failure.Message : "the answer is shorter than it says", [.. _conversation.Last]);
            Recover();
            return result;
        }
    }

    /// <summary>What follows shall not suffer for this one.</summary>
    private void Recover()
    {
        for (int i = 0; i < 3; i++)
        {
            try
            {
                _conversation.NewSession();
                // A queue that waits goes on its way.
                _conversation.Ask("00 FF");
                _conversation.Drain();
                Setup.Rest(_conversation);
                return;
            }
            catch (CaseFailed) { }
        }
    }

    private string? Missing(Need need)
    {
        Need claims = need & Need.Claims & ~probe.Claims;
        if (claims != 0) return $"{claims} is not claimed";
        if (need.HasFlag(Need.Swo) && (probe.Claims & (Need.SwoUart | Need.SwoManchester)) == 0) return "SWO is not claimed";
        if (need.HasFlag(Need.Target) && probe.DebugPort == 0) return "no target answers";
        if (need.HasFlag(Need.Hole) && probe.Hole is null) return "no address with a bus error is known";
        if (need.HasFlag(Need.Chain) && probe.Chain.Length == 0) return "no JTAG chain answers";
        if (need.HasFlag(Need.Lengths) && !transport.KeepsLength) return "requests are padded";
        if (need.HasFlag(Need.Vendor) && !probe.TryVendor) return "not asked for";
        return null;
    }

    private void FindHole()
    {
        foreach (uint address in s_holes)
        {
            Setup.For(_conversation, Need.Target);
            Setup.Tar(_conversation, address);
            byte[] answer = _conversation.Ask("05 00 02 0F 0E", "05 ??  ?? ..");
            if (answer[2] != 4) continue;
            probe.Hole = address;
            break;
        }
        _conversation.Ask($"05 00 01 00 {Word(0x1E)}", "05 01 01");
    }

    private string Said(int id)
    {
        byte[] answer = _conversation.Ask($"00 {Byte(id)}");
        return answer.Length > 2 && answer[1] > 1 && answer.Length >= 1 + answer[1] ? System.Text.Encoding.UTF8.GetString(answer, 2, answer[1] - 1) : "";
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is CaseFailed or IndexOutOfRangeException or ArgumentException)
        {
            Recover();
        }
    }
}
