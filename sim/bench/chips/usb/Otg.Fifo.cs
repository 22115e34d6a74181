namespace SharpProbe.Sim.Chips.Usb;

/// <summary>The FIFO windows, and how the FIFO memory is shared out (RM0431 and RM0433, "FIFO RAM allocation").</summary>
public sealed partial class Otg
{
    private const uint FifoWindows = 0x1000, WindowsEnd = 0x1_1000;
    private const int SmallestFifo = 16;

    private uint ReadFifo(uint offset, int width)
    {
        Window(offset, width, "read");
        RequireNobodyPartWay(null, "the receive FIFO is read");
        uint word = _rx.ReadWord();
        // No interrupt changes, but a packet that was refused may have room now.
        for (int i = 0; i < _out.Length; i++) TellReady(_out[i], i);
        return word;
    }

    private void WriteFifo(uint offset, uint value, int width)
    {
        int number = Window(offset, width, "written");
        RequireNobodyPartWay(_in[number], $"FIFO {number} is written");
        _in[number].Push(value);
        if (_in[number].PartWay) return;
        SettleInterrupt();
        TellReady(_in[number], number | 0x80);
    }

    private int Window(uint offset, int width, string verb)
    {
        int number = (int)(offset - FifoWindows) >> 12;
        if (offset >= WindowsEnd || number >= _in.Length) throw new BenchStop($"{Name}: offset 0x{offset:X} {verb}: no endpoint's FIFO window is there");
        if (width != 4 || (offset & 3) != 0) throw new BenchStop($"{Name}: FIFO window {number} {verb} with a {width * 8}-bit access: it takes words");
        return number;
    }

    /// <summary>
    /// An access to another FIFO in the middle of a packet upsets the core: an interrupt must not use a FIFO while the code it broke into is at one (libopencm3
    /// and Black Magic Probe found it out; no manual says so).
    /// </summary>
    private void RequireNobodyPartWay(OtgIn? but, string what)
    {
        foreach (var endpoint in _in)
            if (endpoint != but && endpoint.PartWay) throw new BenchStop($"{Name}: {what} while a packet for endpoint {endpoint.Number} is half written");
        if (but is not null && _rx.Unread > 0) throw new BenchStop($"{Name}: {what} while {_rx.Unread} words of a received packet are unread");
    }

    private Register AddFifoSize(int number)
    {
        uint start = 0x200 + 0x200 * (uint)number;
        return Add(new()
        {
            Name = number == 0 ? "DIEPTXF0" : $"DIEPTXF{number}", Offset = number == 0 ? 0x28 : 0x100 + 4 * (uint)number, Reset = 0x0200_0000 | start,
            OnWrite = (_, written) =>
            {
                if (_in[number].Fifo.Count > 0) throw new BenchStop($"{Name}.DIEPTXF{number}: 0x{written:X8} written while FIFO {number} holds {_in[number].Fifo.Count} words");
            },
        });
    }

    /// <summary>The FIFO of an endpoint that is about to be used: inside the memory, apart from the others in use, and large enough for a packet.</summary>
    internal void CheckFifo(OtgIn endpoint)
    {
        var fifo = endpoint.Fifo;
        string name = $"{Name}.DIEPTXF{fifo.Number} (words {fifo.Start} to {fifo.End - 1})";
        if (fifo.Depth < SmallestFifo) throw new BenchStop($"{name}: {fifo.Depth} words, and {SmallestFifo} is the least");
        if (fifo.Depth * 4 < endpoint.MaxPacket) throw new BenchStop($"{name}: smaller than a packet of endpoint {endpoint.Number}, {endpoint.MaxPacket} bytes");
        if (fifo.End > Facts.FifoWords) throw new BenchStop($"{name}: the FIFO memory has {Facts.FifoWords} words");
        if (fifo.Start < _grxfsiz.Value) throw new BenchStop($"{name}: overlaps the receive FIFO of {_grxfsiz.Value} words (GRXFSIZ)");
        foreach (var other in _in)
            if (other != endpoint && other.Active && fifo.Start < other.Fifo.End && other.Fifo.Start < fifo.End)
                throw new BenchStop($"{name}: overlaps DIEPTXF{other.Number} (words {other.Fifo.Start} to {other.Fifo.End - 1})");
    }

    private uint PopStatus()
    {
        RequireNobodyPartWay(null, "GRXSTSP is read");
        var entry = _rx.Pop("GRXSTSP");
        entry.Popped?.Invoke();
        return entry.StatusWord;
    }

    private void Flush(uint written)
    {
        bool tx = (written & TxFlush) != 0, rx = (written & RxFlush) != 0;
        if (tx)
        {
            uint number = written >> 6 & 0x1F;
            if (number != AllFifos && number >= _in.Length) throw new BenchStop($"{Name}.GRSTCTL: TXFFLSH with TXFNUM = {number}, which does not exist");
            foreach (var endpoint in _in)
                if (number == AllFifos || number == endpoint.Number) endpoint.Flush();
        }
        if (rx)
        {
            if (_rx.Unread > 0) throw new BenchStop($"{Name}.GRSTCTL: RXFFLSH while {_rx.Unread} words of a packet are unread");
            _rx.Flush();
        }
        if (tx || rx) Later(FlushTime, () => _grstctl.Value &= ~(written & (TxFlush | RxFlush)));
    }
}
