namespace SharpProbe.Settings;

public enum StoreResult : byte
{
    Ok,
    /// <summary>Longer than <see cref="SettingsStore.MaxValue"/>, or key 0.</summary>
    OutOfRange,
    /// <summary>As many keys as there may be.</summary>
    Full,
    /// <summary>The flash does not take it; the old value stays.</summary>
    FlashFailed,
    /// <summary>This image has no sectors for settings.</summary>
    NoPlace,
}
