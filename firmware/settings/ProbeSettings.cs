using System;
using System.Buffers.Binary;
using SharpProbe.Monitoring;
using SharpProbe.Usb;

namespace SharpProbe.Settings;

/// <summary>What the probe remembers without power.</summary>
public sealed class ProbeSettings(SettingsStore store)
{
    private readonly Setting[] _rows = SettingRows.All();

    public SettingsStore Store { get; } = store;

    public ReadOnlySpan<Setting> Rows => _rows;

    /// <summary>A typed value on its way to the store.</summary>
    internal byte[] Typed { get; } = new byte[SettingsStore.MaxValue];

    /// <summary>All USB modes; the first is the one without a setting.</summary>
    public UsbMode[] Modes { get; } = UsbModes.Rows();

    /// <summary>The USB mode that is set, or the first.</summary>
    public UsbMode UsbMode
    {
        get
        {
            ReadOnlySpan<byte> name = Store.Get(SettingRows.UsbMode);
            foreach (UsbMode mode in Modes)
                if (mode.IsNamed(name)) return mode;
            return Modes[0];
        }
    }

    /// <summary>Hz; 0: not set.</summary>
    public uint SwdFrequency => Store.Get(SettingRows.SwdFrequency) is { Length: 4 } value ? BinaryPrimitives.ReadUInt32LittleEndian(value) : 0;

    /// <summary>Delay loops for 1 kHz and the fastest clock in Hz, for the wire. False: not set.</summary>
    public bool TryCalibration(out uint loops, out uint hertz)
    {
        ReadOnlySpan<byte> value = Store.Get(SettingRows.Calibration);
        bool set = value.Length == 8;
        (loops, hertz) = set ? (BinaryPrimitives.ReadUInt32LittleEndian(value), BinaryPrimitives.ReadUInt32LittleEndian(value[4..])) : (0, 0);
        return set;
    }

    public StoreResult KeepCalibration(uint loops, uint hertz)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Typed, loops);
        BinaryPrimitives.WriteUInt32LittleEndian(Typed.AsSpan(4), hertz);
        return Store.Set(SettingRows.Calibration, Typed.AsSpan(0, 8));
    }

    public StoreResult ForgetCalibration() => Store.Set(SettingRows.Calibration, default);

    /// <summary>Row of a name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _rows.Length; i++)
            if (_rows[i].Text.Name.SequenceEqual(name)) return i;
        return -1;
    }
}
