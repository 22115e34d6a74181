namespace System;

/// <summary>What ilc builds every T[] MethodTable from.</summary>
internal abstract class Array<T> : Array;
