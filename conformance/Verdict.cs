namespace SharpProbe.Conformance;

enum Verdict { Pass, Fail, None }
