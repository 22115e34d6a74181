namespace SharpProbe.Build.PostLink;

/// <summary>One row of the line table (DWARF 4, 6.2.2).</summary>
record struct LineRow(uint Address, uint File, int Line, uint Column, bool IsStatement, bool PrologueEnd, bool EndSequence);
