//! `lykta import`.
