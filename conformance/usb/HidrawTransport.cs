using System.Diagnostics;
using System.Globalization;

namespace SharpProbe.Conformance.Usb;

/// <summary>CMSIS-DAP version 1 by Linux' /dev/hidraw nodes: reports without a number, as long as the probe's descriptor says.</summary>
sealed unsafe class HidrawTransport : IDapTransport
{
    /// <summary>A node that was just opened drops what comes within 50 ms: the kernel takes it for older than the opening.</summary>
    private const int Settle = 100;

    private readonly string _node;
    private readonly int _reportSize;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _file = -1;

    public HidrawTransport(Wanted wanted)
    {
        string[] nodes = Directory.Exists("/sys/class/hidraw") ? Directory.GetDirectories("/sys/class/hidraw") : [];
        foreach (string folder in nodes.Order())
        {
            Dictionary<string, string> facts = File.ReadLines(Path.Combine(folder, "device", "uevent")).Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
            string[] id = facts.GetValueOrDefault("HID_ID", "").Split(':');
            string name = facts.GetValueOrDefault("HID_NAME", ""), serial = facts.GetValueOrDefault("HID_UNIQ", "");
            // The name is the device's; a composite device may have CMSIS-DAP in its interface's alone.
            string place = new DirectoryInfo(Path.Combine(folder, "device")).ResolveLinkTarget(true)?.FullName ?? "";
            string around = Path.Combine(Path.GetDirectoryName(place) ?? "", "interface");
            if (id.Length != 3 || !name.Contains("CMSIS-DAP") && !(File.Exists(around) && File.ReadAllText(around).Contains("CMSIS-DAP"))) continue;
            if (!wanted.Is(int.Parse(id[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), int.Parse(id[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture)) || !wanted.Is(serial)) continue;
            _node = "/dev/" + Path.GetFileName(folder);
            _reportSize = OutputBytes(Bytes(Path.Combine(folder, "device", "report_descriptor")));
            Name = $"HID, {_node}, reports of {_reportSize}";
            Open();
            return;
        }
        throw new TransportLost($"there is no CMSIS-DAP probe{wanted} with HID");
    }

    public string Name { get; } = "";
    public bool KeepsLength => false;
    public int PacketSize { get; set; }
    public TimeSpan Now => _watch.Elapsed;

    public void Send(ReadOnlySpan<byte> request)
    {
        // The first byte is the report's number, 0: none.
        byte[] report = new byte[1 + Math.Max(_reportSize, request.Length)];
        request.CopyTo(report.AsSpan(1));
        fixed (byte* bytes = report)
            if (Libc.Write(_file, bytes, report.Length) != report.Length) throw new TransportLost($"{_node} takes no report (error {System.Runtime.InteropServices.Marshal.GetLastPInvokeError()})");
    }

    public byte[]? Receive(TimeSpan timeout)
    {
        var wait = new Libc.PollFile { File = _file, Events = Libc.In };
        if (Libc.Poll(&wait, 1, (int)Math.Ceiling(timeout.TotalMilliseconds)) <= 0) return null;
        if ((wait.Happened & (Libc.Error | Libc.HungUp)) != 0) throw new TransportLost($"{_node} is gone");
        byte[] report = new byte[4096];
        fixed (byte* bytes = report)
        {
            nint count = Libc.Read(_file, bytes, report.Length);
            return count > 0 ? report[..(int)count] : throw new TransportLost($"{_node} is gone");
        }
    }

    public void Reopen()
    {
        Dispose();
        Open();
    }

    public void Dispose()
    {
        if (_file >= 0) _ = Libc.Close(_file);
        _file = -1;
    }

    private void Open()
    {
        _file = Libc.Open(_node, Libc.ReadWrite | Libc.CloseOnExec);
        if (_file < 0) throw new TransportLost($"{_node} cannot be opened (error {System.Runtime.InteropServices.Marshal.GetLastPInvokeError()}); udev rules give users the access: docs/99-sharpprobe.rules");
        Thread.Sleep(Settle);
    }

    /// <summary>A file of sysfs says that it is a page long, whatever is in it.</summary>
    private static byte[] Bytes(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] bytes = new byte[4096];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Of the output report: the last Report Count before the Output item (HID 1.11, 6.2.2).</summary>
    private static int OutputBytes(byte[] descriptor)
    {
        int count = 64;
        for (int i = 0; i < descriptor.Length;)
        {
            int length = (descriptor[i] & 3) == 3 ? 4 : descriptor[i] & 3, tag = descriptor[i] & 0xFC;
            if (tag == 0x94 && i + length < descriptor.Length) count = length == 1 ? descriptor[i + 1] : length == 2 ? descriptor[i + 1] | descriptor[i + 2] << 8 : count;
            if (tag == 0x90) break;
            i += 1 + length;
        }
        return count;
    }
}
