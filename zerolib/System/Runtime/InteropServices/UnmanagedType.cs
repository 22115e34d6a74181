namespace System.Runtime.InteropServices;

/// <summary>Named by csc for <c>unmanaged</c> constraints.</summary>
public enum UnmanagedType;
