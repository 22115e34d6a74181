namespace SharpProbe.Sim.Chips.Usb;

/// <summary>One entry of the receive FIFO: a status word and the packet's words.</summary>
/// <param name="Endpoint">Where the packet came to.</param>
/// <param name="Status">PKTSTS.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Data1">Its PID.</param>
/// <param name="Frame">Number of the frame it came in.</param>
/// <param name="Popped">What follows when software takes the status word.</param>
internal sealed record OtgRxEntry(int Endpoint, OtgPacketStatus Status, byte[] Data, bool Data1, uint Frame, Action? Popped = null)
{
    public int Words => (Data.Length + 3) / 4;

    public uint StatusWord => (uint)Endpoint | (uint)Data.Length << 4 | (Data1 ? 2u : 0) << 15 | (uint)Status << 17 | (Frame & 15) << 21;
}
