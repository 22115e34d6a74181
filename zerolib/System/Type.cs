namespace System;

/// <summary>Named by attributes only; there is no reflection.</summary>
public abstract class Type;
