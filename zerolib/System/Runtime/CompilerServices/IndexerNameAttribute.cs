namespace System.Runtime.CompilerServices;

public sealed class IndexerNameAttribute(string indexerName) : Attribute;
