namespace SharpProbe.Usb;

/// <summary>What a configuration takes of an OTG core's FIFO memory, in words of 32 bits: sized for the faster speed, one packet an IN endpoint.</summary>
public static class FifoBudget
{
    /// <summary>IN 0; also the least that the core takes for any (RM0431, OTG_DIEPTXFx).</summary>
    public const int ControlWords = 16;

    /// <summary>Two largest OUT packets with their status; ten of SETUP; transfer ends of each endpoint, global OUT NAK (RM0431, "Peripheral Rx FIFO").</summary>
    /// <param name="endpoints">OUT endpoints of the core, 0 included.</param>
    public static int ReceiveWords(bool high, int endpoints) => 2 * ((high ? 128 : 16) + 1) + 10 + 4 + 2 * endpoints;

    public static int InWords(UsbEndpoint endpoint, bool high)
    {
        int words = (endpoint.Packet(high) + 3) / 4;
        return words < ControlWords ? ControlWords : words;
    }

    /// <summary>Everything.</summary>
    public static int Words(UsbEndpoint[] all, bool high, int endpoints)
    {
        int words = ReceiveWords(high, endpoints) + ControlWords;
        foreach (UsbEndpoint endpoint in all)
            if (endpoint.In) words += InWords(endpoint, high);
        return words;
    }
}
