namespace SharpProbe.Sim.Cli.Rig;

/// <summary>Bytes moved in a stretch of simulated time.</summary>
/// <param name="Femtoseconds">From the first byte of the first packet to the last byte of the last answer.</param>
internal readonly record struct Speed(long Bytes, ulong Femtoseconds)
{
    /// <summary>1000 bytes a second, as the original's author counted them.</summary>
    public double KilobytesPerSecond => Femtoseconds == 0 ? 0 : Bytes / 1e3 / (Femtoseconds / 1e15);

    /// <summary>gdb's load into flash among the packets: from the first erase to the answer to vFlashDone.</summary>
    public static Speed OfFlashLoad(IReadOnlyList<RspPacket> packets, long bytes) => Between(packets, bytes, packet => packet.Text.StartsWith("vFlash", StringComparison.Ordinal));

    /// <summary>From the first such packet of gdb's to the answer to the last.</summary>
    public static Speed Between(IReadOnlyList<RspPacket> packets, long bytes, Func<RspPacket, bool> wanted)
    {
        int start = Find(packets, 0, packet => packet.ToProbe && wanted(packet)), end = -1;
        for (int i = Math.Max(start, 0); i < packets.Count; i++)
            if (packets[i].ToProbe && wanted(packets[i])) end = Find(packets, i + 1, packet => !packet.ToProbe);
        return start < 0 || end < 0 ? default : new(bytes, packets[end].End - packets[start].Start);
    }

    private static int Find(IReadOnlyList<RspPacket> packets, int from, Func<RspPacket, bool> wanted)
    {
        for (int i = from; i < packets.Count; i++)
            if (wanted(packets[i])) return i;
        return -1;
    }
}
