namespace SharpProbe.Sim.Usb;

/// <summary>One transaction, for the log.</summary>
/// <param name="Time">Its end, in femtoseconds.</param>
/// <param name="Endpoint">Bit 7: IN.</param>
/// <param name="Lost">The host was made to see nothing of the device's handshake, or the device nothing of the host's.</param>
public sealed record UsbPacket(ulong Time, UsbToken Token, int Address, int Endpoint, bool Data1, byte[] Data, UsbHandshake Answer, bool Lost)
{
    private const int Shown = 16;

    public override string ToString()
    {
        bool carries = Token is UsbToken.Setup or UsbToken.Out || Answer == UsbHandshake.Data;
        string data = !carries ? "" : $" DATA{(Data1 ? 1 : 0)} {Data.Length}{(Data.Length == 0 ? "" : " " + Convert.ToHexString(Data.AsSpan(0, Math.Min(Shown, Data.Length))))}{(Data.Length > Shown ? "…" : "")}";
        string answer = Answer == UsbHandshake.Data ? "" : " " + Answer.ToString().ToUpperInvariant();
        return $"{Time / 1e9,14:F3} us  {Token.ToString().ToUpperInvariant(),-5} {Address}.{Endpoint & 15}{data}{answer}{(Lost ? " (handshake lost)" : "")}";
    }
}
