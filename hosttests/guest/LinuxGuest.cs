using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using SharpProbe.Build;
using SharpProbe.Build.Guest;
using Xunit.Sdk;

namespace SharpProbe.Tests.Guest;

/// <summary>A Linux computer that is emulated by QEMU: boots in seconds, runs scripts, has USB ports. One serves a collection of tests.</summary>
public sealed class LinuxGuest : IDisposable
{
    private const int Slots = 3;
    private static readonly TimeSpan s_bootTime = TimeSpan.FromSeconds(60);
    private static readonly Lock s_image = new();

    private readonly TestFolder _files = new();
    private readonly GuestCommand _command = null!;
    private readonly Process _qemu = null!;
    private readonly StringBuilder _errors = new();
    private readonly Socket _agent = null!;
    private readonly List<byte> _received = [];
    private int _id;

    public LinuxGuest()
    {
        // Its tests are skipped, and yet xunit makes it.
        if (GuestFactAttribute.Missing is not null) return;
        lock (s_image) GuestImage.Prepare();
        string exchange = _files.File("exchange");
        Directory.CreateDirectory(exchange);
        _command = new(Path.GetDirectoryName(exchange)!, exchange, Slots, Shell: false);
        var watch = Stopwatch.StartNew();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_command.AgentSocket));
        listener.Listen(1);
        // Should this process be killed, the agent sees its port close and switches the guest off; should that fail, "timeout" ends it.
        _qemu = Process.Start(new ProcessStartInfo("timeout", ["-k", "5", "5400", "qemu-system-x86_64", .. _command.Arguments])
            { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        _qemu.ErrorDataReceived += (_, line) => { lock (_errors) _errors.AppendLine(line.Data); };
        _qemu.BeginErrorReadLine();
        _qemu.BeginOutputReadLine();
        try
        {
            if (!listener.Poll(s_bootTime, SelectMode.SelectRead)) throw Trouble("QEMU does not start");
            _agent = listener.Accept();
            KernelSeconds = Line(s_bootTime).Split(' ') is ["ready", var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : throw Trouble("the agent greets in a strange way");
            BootTime = watch.Elapsed;
            string rules = Send("99-sharpprobe.rules", File.ReadAllBytes(Repository.At("docs", "99-sharpprobe.rules")));
            Assert.Equal("", Run($"cp {rules} /etc/udev/rules.d/ && udevadm control --reload").Good);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>From QEMU's start until scripts can run, and what of that is the guest's own uptime.</summary>
    public TimeSpan BootTime { get; }
    public double KernelSeconds { get; }

    /// <summary>Where QEMU waits for a device's connection.</summary>
    public string UsbSocket(int slot) => _command.UsbSocket(slot);

    /// <summary>Puts a file where the guest sees it, and returns its name there.</summary>
    public string Send(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Path.Combine(_command.Exchange, name), bytes);
        return "/exchange/" + name;
    }

    /// <summary>A file that the guest wrote into /exchange.</summary>
    public byte[] Receive(string name) => File.ReadAllBytes(Path.Combine(_command.Exchange, name));

    /// <summary>Runs a script (bash) to its end, or for so many seconds.</summary>
    public GuestOutput Run(string script, int seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        string id = (++_id).ToString(CultureInfo.InvariantCulture);
        byte[] request = Encoding.ASCII.GetBytes($"{id} {seconds} {Convert.ToBase64String(Encoding.UTF8.GetBytes(script))}\n");
        for (int sent = 0; sent < request.Length;) sent += _agent.Send(request.AsSpan(sent));
        // Emulation makes everything in the guest slow, also its clock's keeper.
        var patience = TimeSpan.FromSeconds(seconds * 2 + 20);
        string[] reply = Line(patience).Split(' ');
        if (reply is not [var same, var code, var length] || same != id) throw Trouble($"the agent answers \"{string.Join(' ', reply)}\" to request {id}");
        byte[] text = Bytes(int.Parse(length, CultureInfo.InvariantCulture), patience);
        return new(script, int.Parse(code, CultureInfo.InvariantCulture), Encoding.UTF8.GetString(text), watch.Elapsed);
    }

    /// <summary>Keeps USB packets and console for the developer; returns the folder's name.</summary>
    public string Keep(string test)
    {
        string folder = Path.Combine(GuestImage.Folder, "failed", test);
        Directory.CreateDirectory(folder);
        foreach (string file in Enumerable.Range(0, Slots).Select(_command.Capture).Append(_command.Console).Where(File.Exists))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        return Repository.Relative(folder);
    }

    public void Dispose()
    {
        if (_qemu is null) return;
        try
        {
            _agent?.Send("end\n"u8);
        }
        catch (SocketException) { }
        if (_agent is null || !_qemu.WaitForExit(5000)) _qemu.Kill(entireProcessTree: true);
        _qemu.WaitForExit(5000);
        _qemu.Dispose();
        _agent?.Dispose();
        _files.Dispose();
    }

    private string Line(TimeSpan patience)
    {
        int end;
        for (var watch = Stopwatch.StartNew(); (end = _received.IndexOf((byte)'\n')) < 0;) More(patience - watch.Elapsed);
        return Encoding.ASCII.GetString(Taken(end + 1)).TrimEnd('\n');
    }

    private byte[] Bytes(int count, TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); _received.Count < count;) More(patience - watch.Elapsed);
        return Taken(count);
    }

    private byte[] Taken(int count)
    {
        byte[] bytes = [.. _received[..count]];
        _received.RemoveRange(0, count);
        return bytes;
    }

    private void More(TimeSpan patience)
    {
        if (patience <= TimeSpan.Zero || !_agent.Poll(patience, SelectMode.SelectRead)) throw Trouble("the guest says nothing");
        byte[] buffer = new byte[65536];
        int count = _agent.Receive(buffer);
        if (count == 0) throw Trouble("the guest is gone");
        _received.AddRange(buffer.AsSpan(0, count));
    }

    private XunitException Trouble(string what)
    {
        string console = File.Exists(_command.Console) ? File.ReadAllText(_command.Console) : "";
        lock (_errors) return new($"{what}\nQEMU: {_errors}\nguest's console: {console}");
    }
}
