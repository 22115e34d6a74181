namespace SharpProbe.Sim.Usb;

/// <summary>For any stream of bytes: the device has its say until nothing has passed either way for a while.</summary>
/// <param name="quiet">That while, in femtoseconds of simulated time.</param>
public sealed class QuietTurn(ulong quiet = 5 * (TimeBase.Second / 1000)) : PeerTurn
{
    private ulong _until;

    public override void Sent(ReadOnlySpan<byte> bytes, ulong now) => _until = now + quiet;
    public override void Received(ReadOnlySpan<byte> bytes, ulong now) => _until = now + quiet;
    public override bool DeviceOwes(ulong now) => now < _until;
    public override void Reset() => _until = 0;
}
