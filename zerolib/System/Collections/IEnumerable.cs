namespace System.Collections;

/// <summary>csc looks it up for foreach over arrays, which it turns into an index loop. Nothing implements it.</summary>
public interface IEnumerable
{
    IEnumerator GetEnumerator();
}
