namespace System;

public struct Nullable<T> where T : struct
{
    private readonly bool hasValue;
    internal T value;

    public Nullable(T value) => (hasValue, this.value) = (true, value);

    public readonly bool HasValue => hasValue;

    /// <summary>Fails fast when there is no value.</summary>
    public readonly T Value
    {
        get
        {
            if (!hasValue) Environment.FailFast("Nullable has no value");
            return value;
        }
    }

    public readonly T GetValueOrDefault() => value;

    public readonly T GetValueOrDefault(T defaultValue) => hasValue ? value : defaultValue;

    public static implicit operator T?(T value) => new T?(value);

    public static explicit operator T(T? value) => value!.Value;
}
