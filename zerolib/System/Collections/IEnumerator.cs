namespace System.Collections;

/// <summary>See <see cref="IEnumerable"/>.</summary>
public interface IEnumerator
{
    object Current { get; }
    bool MoveNext();
    void Reset();
}
