using System;
using System.Buffers.Binary;
using SharpProbe.Io;
using SharpProbe.Monitoring;
using SharpProbe.Usb;

namespace SharpProbe.Settings;

/// <summary>The settings that there are.</summary>
static unsafe class SettingRows
{
    internal const byte UsbMode = 1, SwdFrequency = 2, Calibration = 3;

    internal static Setting[] All() =>
    [
        new(UsbMode, "usb_mode full|trace\nwhat the USB device offers"u8, &ParseMode, &WriteMode),
        new(SwdFrequency, "swd_frequency n|nk|nM\nSWCLK in Hz after start"u8, &ParseFrequency, &WriteNumbers),
        new(Calibration, "calibration loops hertz\ndelay loops for 1 kHz, fastest clock in Hz"u8, &ParseCalibration, &WriteNumbers),
    ];

    /// <summary>A mode is kept by its name, so that it stays what it is when modes come and go.</summary>
    private static int ParseMode(ProbeSettings settings, ref Words words)
    {
        if (!words.TryTake(out ReadOnlySpan<byte> word) || word.Length > settings.Typed.Length) return 0;
        foreach (UsbMode mode in settings.Modes)
        {
            if (!mode.IsNamed(word)) continue;
            word.CopyTo(settings.Typed);
            return word.Length;
        }
        return 0;
    }

    private static bool WriteMode(ReadOnlySpan<byte> value, ref ByteWriter text)
    {
        foreach (byte b in value)
            if (b is < (byte)'!' or > (byte)'~') return false;
        text.Write(value);
        return value.Length != 0;
    }

    private static int ParseFrequency(ProbeSettings settings, ref Words words)
    {
        if (!words.TryTake(out ReadOnlySpan<byte> word) || !Argument.TryFrequency(word, out uint hertz)) return 0;
        BinaryPrimitives.WriteUInt32LittleEndian(settings.Typed, hertz);
        return 4;
    }

    private static int ParseCalibration(ProbeSettings settings, ref Words words)
    {
        if (!words.TryTake(out ReadOnlySpan<byte> word) || !Argument.TryNumber(word, out uint loops) || loops == 0) return 0;
        if (!words.TryTake(out word) || !Argument.TryFrequency(word, out uint hertz)) return 0;
        BinaryPrimitives.WriteUInt32LittleEndian(settings.Typed, loops);
        BinaryPrimitives.WriteUInt32LittleEndian(settings.Typed.AsSpan(4), hertz);
        return 8;
    }

    private static bool WriteNumbers(ReadOnlySpan<byte> value, ref ByteWriter text)
    {
        if (value.Length == 0 || value.Length % 4 != 0) return false;
        for (int i = 0; i < value.Length; i += 4)
        {
            if (i != 0) text.Write((byte)' ');
            text.WriteDecimal(BinaryPrimitives.ReadUInt32LittleEndian(value[i..]));
        }
        return true;
    }
}
