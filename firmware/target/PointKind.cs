namespace SharpProbe.Target;

/// <summary>Breakpoints and watchpoints by the number in gdb's Z packets.</summary>
public enum PointKind : byte { Software, Hardware, Write, Read, Access }
