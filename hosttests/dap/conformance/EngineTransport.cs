using SharpProbe.Conformance;
using SharpProbe.Tests.Wire;

namespace SharpProbe.Tests.Dap.Conformance;

/// <summary>The engine in this process, with a queue of packets before it as the USB function has one.</summary>
/// <param name="hid">Packets are padded.</param>
sealed class EngineTransport(DapRig rig, int packetSize, bool hid) : IDapTransport
{
    private readonly List<byte[]> _requests = [];

    public string Name => $"the engine in this process, packets of {packetSize}{(hid ? ", padded" : "")}";
    public bool KeepsLength => !hid;
    public int PacketSize { get; set; }
    public TimeSpan Now => TimeSpan.FromSeconds(rig.Rig.Time.Cycles / (double)WireRig.Hertz);

    public void Send(ReadOnlySpan<byte> request) => _requests.Add(hid ? [.. request, .. new byte[packetSize - request.Length]] : request.ToArray());

    public byte[]? Receive(TimeSpan timeout)
    {
        while (_requests.Count != 0 && (!rig.Engine.Waits(_requests[0]) || _requests.Exists(request => !rig.Engine.Waits(request))))
        {
            byte[] request = _requests[0];
            _requests.RemoveAt(0);
            if (rig.Engine.TryAbort(request)) continue;
            rig.Engine.Begin(aborted: false);
            rig.Turns.Begin();
            rig.Turns.Turn = turn =>
            {
                // An abort overtakes what waits, while the request at work has the rest of the probe take its turn.
                if (turn == 2) _requests.RemoveAll(waiting => rig.Engine.TryAbort(waiting));
            };
            byte[] answer = rig.Ask(request, packetSize);
            rig.Turns.Turn = null;
            if (answer.Length != 0) return hid ? [.. answer, .. new byte[packetSize - answer.Length]] : answer;
        }
        return null;
    }

    /// <summary>Nothing: the probe does not see a program die.</summary>
    public void Reopen() { }

    public void Dispose() { }
}
