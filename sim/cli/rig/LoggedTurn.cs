using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>gdb's turns, with every packet written down.</summary>
internal sealed class LoggedTurn(RspLog log) : PeerTurn
{
    private readonly RspTurn _turn = new();

    public override void Sent(ReadOnlySpan<byte> bytes, ulong now)
    {
        log.Take(true, bytes, now);
        _turn.Sent(bytes, now);
    }

    public override void Received(ReadOnlySpan<byte> bytes, ulong now)
    {
        log.Take(false, bytes, now);
        _turn.Received(bytes, now);
    }

    public override bool DeviceOwes(ulong now) => _turn.DeviceOwes(now);

    public override void Reset() => _turn.Reset();
}
