using System;
using SharpProbe.Io;
using SharpProbe.Settings;

namespace SharpProbe.Monitoring;

/// <summary>settings: lists, sets and clears what the probe remembers without power.</summary>
static unsafe class SettingsCommands
{
    public static bool Run(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.Settings is not { } settings)
        {
            output.Write("This probe has no memory for settings.\n"u8);
            return false;
        }
        if (!arguments.TryTake(out ReadOnlySpan<byte> name)) return List(settings, output);
        if (name.SequenceEqual("clear"u8)) return Clear(settings, ref arguments, output);
        int row = settings.Find(name);
        if (row < 0) return Unknown(settings, name, output);
        Words look = arguments;
        return look.TryTake(out _) ? Set(settings, settings.Rows[row], ref arguments, output) : Line(settings, settings.Rows[row], output);
    }

    private static bool List(ProbeSettings settings, TextOutput output)
    {
        foreach (ref readonly Setting row in settings.Rows) Line(settings, row, output);
        output.Write("They take effect at the next start. Flash erased so far: "u8);
        output.WriteDecimal(settings.Store.Moves);
        output.Write("\n"u8);
        return true;
    }

    private static bool Line(ProbeSettings settings, in Setting row, TextOutput output)
    {
        Span<byte> buffer = stackalloc byte[64];
        var text = new ByteWriter(buffer);
        if (!row.Write(settings.Store.Get(row.Key), ref text)) text.Write("not set"u8);
        output.Write(row.Text.Name);
        output.Write(": "u8);
        output.Write(text.Written);
        output.Write(" ("u8);
        output.Write(row.Text.Summary);
        output.Write(")\n"u8);
        return true;
    }

    private static bool Set(ProbeSettings settings, in Setting row, ref Words arguments, TextOutput output)
    {
        int length = row.Parse(settings, ref arguments);
        if (length == 0 || arguments.TryTake(out _))
        {
            output.Write("usage: settings "u8);
            output.Write(row.Text.Usage);
            output.Write("\n"u8);
            return false;
        }
        return Told(settings.Store.Set(row.Key, settings.Typed.AsSpan(0, length)), output) && Line(settings, row, output);
    }

    private static bool Clear(ProbeSettings settings, ref Words arguments, TextOutput output)
    {
        if (!arguments.TryTake(out ReadOnlySpan<byte> name)) return Told(settings.Store.Clear(), output) && List(settings, output);
        int row = settings.Find(name);
        if (row < 0) return Unknown(settings, name, output);
        return Told(settings.Store.Set(settings.Rows[row].Key, default), output) && Line(settings, settings.Rows[row], output);
    }

    private static bool Unknown(ProbeSettings settings, ReadOnlySpan<byte> name, TextOutput output)
    {
        output.Write("no setting \""u8);
        output.Write(name);
        output.Write("\": there are"u8);
        foreach (ref readonly Setting row in settings.Rows)
        {
            output.Write(" "u8);
            output.Write(row.Text.Name);
        }
        output.Write("\n"u8);
        return false;
    }

    internal static bool Told(StoreResult result, TextOutput output)
    {
        output.Write(result switch
        {
            StoreResult.Ok => ""u8,
            StoreResult.Full => "There are too many settings already: settings clear\n"u8,
            StoreResult.NoPlace => "This image has no place for settings: its first sectors are another boot loader's.\n"u8,
            StoreResult.OutOfRange => "This value is too long.\n"u8,
            _ => "The flash does not take it; the old value stays.\n"u8,
        });
        return result == StoreResult.Ok;
    }
}
