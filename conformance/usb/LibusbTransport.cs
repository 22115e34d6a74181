using System.Diagnostics;
using System.Text;

namespace SharpProbe.Conformance.Usb;

/// <summary>CMSIS-DAP version 2: the first bulk OUT and IN of the interface whose string has CMSIS-DAP in it, by libusb.</summary>
sealed unsafe class LibusbTransport : IDapTransport
{
    private const int VendorClass = 0xFF, Bulk = 2;

    private readonly Wanted _wanted;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly nint _context;
    private nint _handle;
    private int _interface;
    private byte _out, _in;
    private string _serial = "";

    public LibusbTransport(Wanted wanted)
    {
        _wanted = wanted;
        nint context = 0;
        if (Libusb.Init(&context) != 0) throw new TransportLost("libusb does not start");
        _context = context;
        if (!Open()) throw new TransportLost($"there is no CMSIS-DAP probe{wanted} with bulk endpoints, or no access to it: docs/99-sharpprobe.rules gives users the access");
    }

    public string Name => $"bulk, interface {_interface} of {_serial}";
    public bool KeepsLength => true;
    public int PacketSize { get; set; }
    public TimeSpan Now => _watch.Elapsed;

    public static bool IsThere(Wanted wanted)
    {
        try
        {
            new LibusbTransport(wanted).Dispose();
            return true;
        }
        catch (Exception missing) when (missing is TransportLost or DllNotFoundException)
        {
            return false;
        }
    }

    public void Send(ReadOnlySpan<byte> request)
    {
        int done = 0, result;
        fixed (byte* bytes = request) result = Libusb.Bulk(_handle, _out, bytes, request.Length, &done, 5000);
        if (result != 0 || done != request.Length) throw new TransportLost($"the probe takes no request (libusb error {result})");
    }

    public byte[]? Receive(TimeSpan timeout)
    {
        byte[] answer = new byte[PacketSize];
        int done = 0, result;
        fixed (byte* bytes = answer) result = Libusb.Bulk(_handle, _in, bytes, answer.Length, &done, (uint)Math.Max(1, Math.Ceiling(timeout.TotalMilliseconds)));
        if (result == Libusb.Timeout && done == 0) return null;
        return result == 0 || done != 0 ? answer[..done] : throw new TransportLost($"the probe gives no answer (libusb error {result})");
    }

    public void Reopen()
    {
        Close();
        if (!Open()) throw new TransportLost("the probe is gone");
    }

    public void Dispose() => Close();

    private void Close()
    {
        if (_handle == 0) return;
        _ = Libusb.Release(_handle, _interface);
        Libusb.Close(_handle);
        _handle = 0;
    }

    private bool Open()
    {
        nint* list;
        nint count = Libusb.List(_context, &list);
        for (nint i = 0; i < count && _handle == 0; i++) Try(list[i]);
        if (count >= 0) Libusb.Free(list, 1);
        return _handle != 0;
    }

    private void Try(nint device)
    {
        byte* descriptor = stackalloc byte[18];
        nint handle = 0;
        if (Libusb.Descriptor(device, descriptor) != 0 || !_wanted.Is(descriptor[8] | descriptor[9] << 8, descriptor[10] | descriptor[11] << 8) || Libusb.Open(device, &handle) != 0) return;
        _serial = Text(handle, descriptor[16]);
        if (_wanted.Is(_serial) && Find(handle) && Libusb.Claim(handle, _interface) == 0) _handle = handle;
        else Libusb.Close(handle);
    }

    /// <summary>In the configuration's descriptors, USB 2.0, 9.6.</summary>
    private bool Find(nint handle)
    {
        byte[] all = new byte[4096];
        int length;
        fixed (byte* bytes = all) length = Libusb.Control(handle, 0x80, 6, 0x0200, 0, bytes, (ushort)all.Length, 1000);
        bool ours = false;
        for (int i = 0; i + 2 <= length && all[i] >= 2; i += all[i])
        {
            if (all[i + 1] == 4)
            {
                if (ours && _out != 0 && _in != 0) return true;
                ours = all[i + 5] == VendorClass && all[i + 3] == 0 && all[i + 4] >= 2 && Text(handle, all[i + 8]).Contains("CMSIS-DAP");
                (_interface, _out, _in) = (all[i + 2], 0, 0);
            }
            else if (ours && all[i + 1] == 5 && (all[i + 3] & 3) == Bulk)
            {
                if ((all[i + 2] & 0x80) == 0) _out = _out == 0 ? all[i + 2] : _out;
                else if (_in == 0)
                {
                    _in = all[i + 2];
                    if (PacketSize == 0) PacketSize = all[i + 4] | all[i + 5] << 8;
                }
            }
        }
        return ours && _out != 0 && _in != 0;
    }

    private static string Text(nint handle, byte index)
    {
        byte* text = stackalloc byte[256];
        int length = index == 0 ? 0 : Libusb.Text(handle, index, text, 256);
        return length > 0 ? Encoding.ASCII.GetString(text, length) : "";
    }
}
