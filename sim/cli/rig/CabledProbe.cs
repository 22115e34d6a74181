using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Usb;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>A board with its own firmware and a host for its USB cable, in the caller's thread.</summary>
public sealed class CabledProbe
{
    private const ulong Millisecond = TimeBase.Second / 1000;

    /// <summary>Simulated milliseconds in which a plugged probe is configured; the debounce and resets of a real host take a good part of the first.</summary>
    private const int Patience = 2000;

    private readonly ElfFile _elf;

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="port">Best speed of the host's port.</param>
    /// <param name="image">Another image of out/ than the board's own.</param>
    /// <param name="quick">A plug's bouncing and resets take a tenth of what they do on Linux.</param>
    public CabledProbe(string board, UsbSpeed port, string? image = null, bool quick = false)
    {
        Machine = new(BoardList.Find(board));
        _elf = ElfFile.Read(BuiltFile.Elf(image ?? board));
        Machine.Load(_elf);
        Host = new(Machine.Time, port);
        if (quick) (Host.Debounce, Host.ResetTime) = (10 * Millisecond, 10 * Millisecond);
    }

    public Machine Machine { get; }
    public UsbHost Host { get; }

    /// <summary>Counts cycles by function from here on.</summary>
    public Profile Profile() => new(Machine.Core, new SymbolMap(_elf));

    /// <summary>Puts the cable in and waits until the host has configured the probe, or throws.</summary>
    public void Plug()
    {
        Host.Plug(Machine.Usb);
        AwaitConfigured();
    }

    public void AwaitConfigured()
    {
        for (int i = 0; i < Patience && !Host.IsConfigured && Machine.Stopped is null; i++) Machine.RunFor(Millisecond);
        if (!Host.IsConfigured) throw new IOException($"{Machine.Board.Name} is not configured: {Machine.Stopped?.Message ?? string.Join("; ", Host.Findings.All)}");
    }
}
