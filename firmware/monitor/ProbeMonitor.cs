using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Live;
using SharpProbe.Rtt;
using SharpProbe.Settings;
using SharpProbe.Target;
using SharpProbe.Trace;
using SharpProbe.Wire;

namespace SharpProbe.Monitoring;

/// <summary>Runs command lines: of gdb's "monitor", and of the probe's own console. The first word may be any prefix of a name; the first row that fits counts, and the attached target's tables come last.</summary>
public sealed unsafe class ProbeMonitor(TargetSession session, Clock clock, Background background)
{
    private readonly ProbeCommand[] _rows = ProbeCommands.Rows();

    public TargetSession Session { get; } = session;
    public Clock Clock { get; } = clock;
    public Background Background { get; } = background;

    /// <summary>What "version" says of the hardware.</summary>
    public string Board { get; set; } = "";

    /// <summary>What "settings" shows; null: the probe cannot remember any.</summary>
    public ProbeSettings? Settings { get; set; }

    /// <summary>What "calibrate" works on; null: there is none.</summary>
    public Swd? Wire { get; set; }

    /// <summary>Ends with the next command.</summary>
    public SquareWave? Wave { get; set; }

    /// <summary>What "traceswo" starts; null: no trace comes in here.</summary>
    public TraceText? Trace { get; set; }

    /// <summary>What "rtt" is about; null: the probe has no port for it.</summary>
    public RttLink? Rtt { get; set; }

    /// <summary>What "watch" and "tracebuf" are about; null: the probe has no port for them.</summary>
    public LiveWatch? Watch { get; set; }
    public TraceBuffer? Buffer { get; set; }

    /// <summary>The last thing that failed, for "morse".</summary>
    public DebugFault LastFault { get; set; }

    /// <summary>"debug_bmp": the probe talks about its work on its own console.</summary>
    public bool DebugText { get; set; }

    internal ReadOnlySpan<ProbeCommand> Rows => _rows;

    /// <summary>Runs a line. An empty one is the first command.</summary>
    public CommandResult Execute(ReadOnlySpan<byte> line, TextOutput output)
    {
        Wave?.Stop();
        var words = new Words(line);
        words.TryTake(out ReadOnlySpan<byte> name);
        foreach (ref readonly ProbeCommand row in Rows)
            if (row.Text.IsMeantBy(name)) return Result(row.Run(this, ref words, output));
        if (Session.Current is { } target)
        {
            foreach (ref readonly MonitorCommand row in target.Commands)
                if (row.Text.IsMeantBy(name)) return Result(row.Run(Session, ref words, output));
            foreach (ref readonly MonitorCommand row in target.PartCommands)
                if (row.Text.IsMeantBy(name)) return Result(row.Run(Session, ref words, output));
        }
        output.Write("\""u8);
        output.Write(name);
        output.Write("\" is no command here: see monitor help\n"u8);
        return CommandResult.Unknown;
    }

    /// <summary>What is looked at beside a program that runs, or stands: rings and variables in its memory.</summary>
    public void LookAt(DebugTarget target, bool running)
    {
        Rtt?.Poll(target);
        Buffer?.Poll(target);
        Watch?.Poll(target, running);
    }

    /// <summary>Lets time pass, with the rest of the probe at work.</summary>
    internal void Wait(uint milliseconds)
    {
        uint start = Clock.Milliseconds;
        while (Clock.Milliseconds - start < milliseconds) Background.Run();
    }

    /// <summary>Says why something failed, and keeps it for "morse". False.</summary>
    internal bool Fail(TextOutput output, in DebugFault fault)
    {
        LastFault = fault;
        output.WriteFault(fault);
        output.Write("\n"u8);
        return false;
    }

    private static CommandResult Result(bool done) => done ? CommandResult.Done : CommandResult.Failed;
}
