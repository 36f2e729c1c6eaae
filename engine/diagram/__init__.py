"""BPMN diagrams: read with a hardened parser into plain values."""
